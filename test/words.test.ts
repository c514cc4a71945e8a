import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * How often each part of the project says "place", which has given way to index, position, pixel and element
 * (docs/glossary.md). No part says it any more.
 */
const ceilings: Readonly<Record<string, number>> = {
  '.': 0,
  '.changeset': 0,
  '.ci': 0,
  apps: 0,
  bench: 0,
  conformance: 0,
  docs: 0,
  examples: 0,
  'packages/core': 0,
  'packages/datasets': 0,
  'packages/explain': 0,
  'packages/expression': 0,
  'packages/nn': 0,
  'packages/onnx': 0,
  'packages/tapegrad': 0,
  site: 0,
  test: 0,
  tools: 0,
};

const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .trim()
  .split('\n')
  .filter((path) => /\.(tsx?|mjs|md)$/.test(path) && existsSync(root + path));

/**
 * "place" and "places" as words. Two expressions are not counted: a change "in place", which the glossary has, and "units in
 * the last place", the field's name for how far apart two floating-point numbers are.
 */
function timesSaid(part: string): number {
  const ofPart = sources.filter((path) => (part === '.' ? !path.includes('/') : path.startsWith(`${part}/`)));
  // This test and the page it is about cannot do without.
  const others = ofPart.filter((path) => path !== 'test/words.test.ts' && path !== 'docs/glossary.md');
  const said = others.map(
    (path) => readFileSync(root + path, 'utf8').match(/(?<!\b(?:in|last) )\bplaces?\b/gi)?.length ?? 0,
  );
  return said.reduce((total, times) => total + times, 0);
}

test('every part of the project has its ceiling', () => {
  const parts = sources.map((path) => /^(packages\/[^/]+|[^/]+)\//.exec(path)?.[1] ?? '.');
  expect([...new Set(parts)].filter((part) => !(part in ceilings))).toEqual([]);
});

test.each(Object.entries(ceilings))('%s says "place" at most %i times', (part, ceiling) => {
  const times = timesSaid(part);
  if (times < ceiling) console.log(`${part} says "place" ${times} times: lower its number in test/words.test.ts`);
  expect(times).toBeLessThanOrEqual(ceiling);
});

test('each word of the glossary stands there once, but for the two strides', () => {
  const page = readFileSync(`${root}docs/glossary.md`, 'utf8');
  const words = [...page.matchAll(/^\| ([^|]+?) +\| /gm)].map(([, word]) => word).filter((word) => word !== 'word');
  const repeated = words.filter((word, index) => words.indexOf(word) !== index && !word.startsWith('---'));
  expect(repeated).toEqual(['stride']);
  expect(words.length).toBeGreaterThan(60);
});
