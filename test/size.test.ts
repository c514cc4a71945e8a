import { expect, test } from 'vitest';
import { allSources } from './sources.ts';

const limit = 300;

test(`no source file has more than ${limit} lines`, () => {
  const sources = allSources().sort((a, b) => b.lines - a.lines);
  const rooms = new Set(sources.map(({ path }) => path.split('/src/')[0]));
  console.table(
    [...rooms].map((room) => {
      const files = sources.filter(({ path }) => path.startsWith(`${room}/`));
      const lines = files.reduce((total, { lines }) => total + lines, 0);
      return { room, files: files.length, lines, median: files[Math.floor(files.length / 2)].lines };
    }),
  );
  console.table(sources.slice(0, 15).map(({ path, lines }) => ({ path, lines })));
  expect(sources.filter(({ lines }) => lines > limit).map(({ path, lines }) => `${path} has ${lines}`)).toEqual([]);
});
