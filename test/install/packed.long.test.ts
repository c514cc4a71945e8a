import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compiler } from '../compiler.ts';
import { addNodeTypes, installStrictly, packAll, temporaryFolder, tscInit, write } from './packed.ts';
import { everyDoor, first, required, slope, slopeIs } from './programs.ts';

/* The packages as they are published, installed without a registry, in a project of somebody else. */

const doors = [
  '@tapegrad/core',
  '@tapegrad/datasets',
  '@tapegrad/explain',
  '@tapegrad/expression',
  '@tapegrad/nn',
  '@tapegrad/onnx',
  'tapegrad',
];

let project = '';
beforeAll(() => {
  project = temporaryFolder();
  installStrictly(packAll(project), project, doors);
  write(project, { 'package.json': '{ "type": "module" }' });
  tscInit(project);
}, 120_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** Runs a program of Node in the project, and gives what it printed. */
function node(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
  expect(status, `${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

describe('types', () => {
  beforeAll(() => write(project, { 'first.ts': first.text, 'everyDoor.ts': everyDoor, 'slope.ts': slope }));

  test('compile as `tsc --init` has it', () => {
    node(compiler, '--noEmit', '--project', 'tsconfig.json');
  });

  /** A file of settings for these sources and these types alone, with every declaration looked at. */
  function strictly(types: readonly string[], ...files: readonly string[]): void {
    const compilerOptions = {
      strict: true,
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2022', 'esnext.disposable'],
      types,
      noEmit: true,
    };
    write(project, { 'strictly.json': JSON.stringify({ compilerOptions, files }) });
    node(compiler, '--project', 'strictly.json');
  }

  test('compile without the DOM, without Node and without skipLibCheck', () => {
    strictly([], 'everyDoor.ts', 'slope.ts');
  });

  test('compile with the types of Node alone, without skipLibCheck', () => {
    addNodeTypes(project);
    strictly(['node'], 'everyDoor.ts', 'first.ts');
  });
});

describe('Node', () => {
  test('`using` is compiled for Node 20, and the program of the README runs', () => {
    write(project, { 'first.ts': first.text, 'everyDoor.ts': everyDoor });
    node(compiler, '--target', 'es2022', '--lib', 'es2023,esnext.disposable,dom', '--noCheck', '--outDir', 'out');
    expect(readFileSync(join(project, 'out/first.js'), 'utf8')).not.toMatch(/^ *using /m);
    expect(node('out/first.js')).toBe(first.output);
    expect(node('--input-type=module', '--eval', `import { first, isWhole } from './out/everyDoor.js';${show}`)).toBe(
      '[[1,3],[2,4]] true\n',
    );
  });

  test('`require` gives the same as `import`', () => {
    write(project, { 'required.cjs': required });
    expect(node('required.cjs')).toBe(`${slopeIs}\n`);
  });
});

const show = 'console.log(JSON.stringify(first), isWhole)';

test('the file for pages without a bundler needs no other file', () => {
  const page = readFileSync(join(project, 'node_modules/tapegrad/dist/page.js'), 'utf8');
  expect(page).not.toMatch(/\bfrom ?["'](?!node:)/);
  const program = slope.replace("'tapegrad'", "'tapegrad/page'").replace('export ', '').replace('using', 'const');
  write(project, { 'page.mjs': `${program.replace('(): string', '()')}console.log(slope());` });
  expect(node('page.mjs')).toBe(`${slopeIs}\n`);
});

test('Vite bundles it', async () => {
  write(project, { 'slope.ts': slope, 'shown.ts': `import { slope } from './slope.ts';\nconsole.log(slope());\n` });
  await build({
    root: project,
    configFile: false,
    logLevel: 'silent',
    build: {
      target: 'es2022',
      outDir: 'vite',
      lib: { entry: 'shown.ts', formats: ['es'], fileName: () => 'shown.js' },
    },
  });
  expect(node('vite/shown.js')).toBe(`${slopeIs}\n`);
});
