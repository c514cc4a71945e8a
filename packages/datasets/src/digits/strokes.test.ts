import { describe, expect, test } from 'vitest';
import { glyphs, type Point } from './glyphs.ts';
import { flatten } from './strokes.ts';

describe('flatten', () => {
  const points: Point[] = [
    [0, 0],
    [1, 2],
    [3, 1],
  ];

  test('leaves straight lines as they are', () => {
    expect(flatten({ kind: 'lines', points })).toBe(points);
  });

  test('leads a curve through all its points', () => {
    const chain = flatten({ kind: 'curve', points });
    for (const point of points) expect(chain).toContainEqual(point);
    expect(chain).toHaveLength(11);
  });

  test('keeps points on a line on that line', () => {
    for (const [x, y] of flatten({
      kind: 'curve',
      points: [
        [0, 0],
        [1, 2],
        [2, 4],
      ],
    }))
      expect(y).toBeCloseTo(2 * x, 12);
  });
});

test('every digit has a way to be written, within its box', () => {
  expect(glyphs).toHaveLength(10);
  for (const ways of glyphs) {
    expect(ways.length).toBeGreaterThan(0);
    for (const [x, y] of ways.flat().flatMap(flatten)) {
      expect(x).toBeGreaterThan(-0.06);
      expect(x).toBeLessThan(0.8);
      expect(y).toBeGreaterThan(-0.06);
      expect(y).toBeLessThan(1.06);
    }
  }
});
