import { expect, test } from 'vitest';
import { allSources, otherSources } from './sources.ts';

const limit = 300;

/** `packages/core`, and its `packages/core/assembly` apart; style sheets count with their application. */
const roomOf = (path: string): string => path.split('/src/')[0].replace(/\/[^/]+\.(ts|mjs)$/, '');

test(`no source file has more than ${limit} lines`, () => {
  const sources = [...allSources(), ...otherSources()].sort((a, b) => b.lines - a.lines);
  const rooms = new Set(sources.map(({ path }) => roomOf(path)));
  console.table(
    [...rooms].map((room) => {
      const files = sources.filter(({ path }) => roomOf(path) === room);
      const lines = files.reduce((total, { lines }) => total + lines, 0);
      return { room, files: files.length, lines, median: files[Math.floor(files.length / 2)].lines };
    }),
  );
  console.table(sources.slice(0, 15).map(({ path, lines }) => ({ path, lines })));
  expect(sources.filter(({ lines }) => lines > limit).map(({ path, lines }) => `${path} has ${lines}`)).toEqual([]);
});

test('kernels and style sheets are looked at too', () => {
  const paths = otherSources().map(({ path }) => path);
  expect(paths).toContain('packages/core/assembly/index.ts');
  expect(paths).toContain('packages/core/assembly/build.mjs');
  expect(paths).toContain('apps/playground/src/styles/page.css');
});
