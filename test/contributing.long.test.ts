import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compiler } from './compiler.ts';
import { follow, stepsOf } from './pageSteps.ts';
import { copyTree } from './treeCopy.ts';

/* Somebody who contributes an op, a loss, a layer and an optimiser by following CONTRIBUTING word for word. */

const pages = ['op', 'loss', 'layer', 'optimiser'];
const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const steps = pages.flatMap((page) => stepsOf(read(`docs/contributing/${page}.md`)));
const added = steps.filter(({ before }) => before === undefined).map(({ path }) => path);

let folder = '';
beforeAll(() => {
  folder = copyTree();
});
afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

/** Runs a program in the copy; what it printed is shown where it failed. */
function run(...[program, ...args]: string[]): void {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  expect(status, `${program} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
}

const node = (...args: string[]): void => run(process.execPath, ...args);

describe('the pages', () => {
  test.each(pages)('%s: a file, its test and an export line at least', (page) => {
    const own = stepsOf(read(`docs/contributing/${page}.md`));
    const created = own.filter(({ before }) => before === undefined).map(({ path }) => path);
    expect(created).toHaveLength(2);
    expect(created[1]).toBe(created[0].replace('.ts', '.test.ts'));
    expect(own.some(({ path, before }) => before !== undefined && path.endsWith('/index.ts'))).toBe(true);
  });

  test('leave no block of code without a file that it belongs to', () => {
    for (const page of pages) {
      const text = read(`docs/contributing/${page}.md`);
      expect(stepsOf(text)).toHaveLength(text.match(/^```ts$/gm)?.length ?? 0);
    }
  });

  test('are linked from CONTRIBUTING', () => {
    for (const page of pages) expect(read('CONTRIBUTING.md')).toContain(`(docs/contributing/${page}.md)`);
  });
});

describe('followed word for word, in a copy of the project', { timeout: 300_000 }, () => {
  test('every step can be done', () => {
    for (const step of steps) follow(step, folder);
    node('tools/generate.mjs');
    const changed = [...new Set(steps.map(({ path }) => path))];
    node('docs/makeErrors.mjs');
    node('node_modules/@biomejs/biome/bin/biome', 'check', '--write', '--error-on-warnings', ...changed);
  });

  test('types agree', () => {
    // As tsconfig.tests.json, for the files that were added alone.
    const { references } = JSON.parse(read('tsconfig.tests.json'));
    const config = { extends: './tsconfig.tests.json', include: added, references };
    writeFileSync(join(folder, 'tsconfig.added.json'), JSON.stringify(config));
    node(
      compiler,
      '-b',
      'packages/nn',
      'packages/explain',
      'packages/datasets',
      'packages/onnx',
      'packages/expression',
    );
    node(compiler, '-p', 'tsconfig.added.json');
  });

  test('the tests of what was added pass, and those that look at everything of its kind', () => {
    const tests = added.filter((path) => path.endsWith('.test.ts'));
    const lookers = [
      'test/ops',
      'test/kinds',
      'test/surplus',
      'test/options',
      'test/methods',
      'test/errorsPage',
      'test/imports',
      'test/size',
      'test/kernels',
      'packages/explain/src/formulas',
      'packages/expression/src/functions',
      'test/docstrings',
      'packages/nn/src/models/deepEquality.test.ts',
    ];
    const shown = ['apps/loss-lab/src/losses.test.ts', 'apps/loss-lab/src/document.test.ts', 'packages/nn/src/summary'];
    // The summary knows the layer, and the op has its formula.
    const seen = 'test/added.test.ts';
    writeFileSync(join(folder, seen), look);
    node('node_modules/vitest/vitest.mjs', 'run', '--maxWorkers=2', ...tests, ...lookers, ...shown, seen);
  });
});

const look = `import { Random, Tape, tensor } from '@tapegrad/core';
import * as core from '@tapegrad/core';
import { describeTape, explain } from '@tapegrad/explain';
import * as nn from '@tapegrad/nn';
import { expect, test } from 'vitest';

test('the new ones are seen', () => {
  using tape = new Tape();
  const y = core.sinh(tape.watch(tensor(1, { dtype: 'float64' }), 'x'));
  expect(JSON.stringify(explain(y))).toContain('sinh x');
  expect(describeTape(tape, { output: y }).steps).toHaveLength(2);
  const model = new nn.Sequential([new nn.LayerScale()], { inputShape: [3], random: new Random(1) });
  expect(nn.summary(model).rows[0]).toMatchObject({ type: 'LayerScale', parameters: 3, evaluations: 3 });
  expect(nn.cauchyLoss([3], [0]).item()).toBeCloseTo(Math.log(10), 6);
  expect(new nn.Lion(model.parameters).learningRate).toBe(1e-4);
});
`;
