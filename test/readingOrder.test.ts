import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const [, section = ''] = readFileSync(`${root}README.md`, 'utf8').split('## Read the source\n');
const files = [...section.split('\n## ')[0].matchAll(/^(\d+)\. \[`[^`]+`\]\(([^)]+)\)/gm)];

test('the files of the reading order are numbered from 1 on, and each of them exists', () => {
  expect(files.map(([, number]) => Number(number))).toEqual(files.map((_, index) => index + 1));
  const paths = files.map(([, , path]) => path);
  expect(paths.filter((path) => !existsSync(root + path))).toEqual([]);
  expect(new Set(paths).size).toBe(paths.length);
});

/**
 * Lines are counted as `wc` does, but for the formulas at the end of an op: they are what it is shown by, not what it computes,
 * and the README says to leave them out.
 */
const formulas = '/** How a reader is shown it. */';

test('they begin with a tensor and end with a training, in at most 15 files and 1,500 lines', () => {
  const paths = files.map(([, , path]) => path);
  expect(paths[0]).toMatch(/tensor/);
  expect(readFileSync(root + paths[paths.length - 1], 'utf8')).toContain('optimiser.step(');
  for (const idea of [
    'tensor/parameter',
    'tape/record',
    'tape/walk',
    'tape/gradientsOf',
    'conv2d',
    'softmaxCrossEntropy',
    'optimisers/',
  ]) {
    expect(paths.some((path) => path.includes(idea))).toBe(true);
  }
  expect(paths.length).toBeLessThanOrEqual(15);
  const lines = paths.map(
    (path) =>
      readFileSync(root + path, 'utf8')
        .split(formulas)[0]
        .trimEnd()
        .split('\n').length,
  );
  expect(lines.reduce((total, count) => total + count, 0)).toBeLessThanOrEqual(1500);
});
