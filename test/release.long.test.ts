import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './snippets.ts';

/* A release but for its last step: `npx pnpm release --dry-run`. */

interface Bill {
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly { readonly name: string; readonly version: string; readonly licenses?: unknown }[];
}

const folder = join(root, 'release');
beforeAll(() => {
  execFileSync(process.execPath, ['tools/release.mjs', '--dry-run'], { cwd: root });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('packs every package, and lists what it is made of, with licences', () => {
  const files = readdirSync(folder);
  const packages = readdirSync(join(root, 'packages'));
  expect(files.filter((name) => name.endsWith('.tgz'))).toHaveLength(packages.length);
  const bills = files.filter((name) => name.endsWith('.cdx.json'));
  expect(bills).toHaveLength(packages.length);
  for (const name of bills) {
    const { components } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Bill;
    expect(components.map((each) => each.name)).toContain('ndarray');
    expect(components.filter(({ licenses }) => licenses === undefined)).toEqual([]);
  }
});
