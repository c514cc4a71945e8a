import { Random } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Point } from './glyphs.ts';
import { layOnPage } from './page.ts';

const coordinate = fc.double({ min: -50, max: 50, noNaN: true });
const chains = fc.array(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 3,
});

test('layOnPage keeps every digit clear of the edge', () => {
  fc.assert(
    fc.property(chains, fc.nat(), (some, seed) => {
      for (const [x, y] of layOnPage(some, 28, new Random(seed)).flat()) {
        expect(Math.min(x, y)).toBeGreaterThan(3.2);
        expect(Math.max(x, y)).toBeLessThan(23.8);
      }
    }),
  );
});

test('layOnPage leaves alone the size of what fits, and its position to chance', () => {
  const chain: Point[] = [
    [0, 0],
    [6, 8],
  ];
  const [[[x0, y0], [x1, y1]]] = layOnPage([chain], 28, new Random(1));
  expect([x1 - x0, y1 - y0]).toEqual([expect.closeTo(6, 12), expect.closeTo(8, 12)]);
  expect(layOnPage([chain], 28, new Random(2))[0][0]).not.toEqual([x0, y0]);
});
