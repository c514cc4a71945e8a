import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Packed, packAll, temporaryFolder, tscInit, write } from './packed.ts';
import { everyDoor, first, required, slopeIs } from './programs.ts';
import { installWith, managers, run } from './projects.ts';

/* Each package manager installs the archives and whatever they depend on, from the registry. */

let folder = '';
let packed: readonly Packed[] = [];
beforeAll(() => {
  folder = temporaryFolder();
  packed = packAll(folder);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }), 300_000);

describe.each(managers)('%s', (manager) => {
  test('installs everything that a project of `tsc --init` needs', { timeout: 300_000 }, () => {
    const project = join(folder, manager);
    installWith(manager, packed, project, { typescript: '6.0.3' });
    tscInit(project);
    write(project, { 'first.ts': first.text, 'everyDoor.ts': everyDoor, 'required.cjs': required });
    run(project, process.execPath, 'node_modules/typescript/bin/tsc', '--target', 'es2022', '--lib', libraries);
    expect(run(project, process.execPath, 'first.js')).toBe(first.output);
    expect(run(project, process.execPath, 'required.cjs')).toBe(`${slopeIs}\n`);
  });
});

const libraries = 'es2023,esnext.disposable,dom';
