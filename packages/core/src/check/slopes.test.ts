import { describe, expect, test } from 'vitest';
import { compareSlopesOfSum } from './slopes.ts';

const at = (f: (x: number) => number, x: number) => compareSlopesOfSum((distance) => [f(x + distance)], [1], 1e-5);

describe('the slopes of one function', () => {
  test('agrees with the derivative where there is one', () => {
    expect(at(Math.exp, 1).central).toBeCloseTo(Math.E, 9);
    expect(at(Math.sin, 1).central).toBeCloseTo(Math.cos(1), 9);
  });

  test('sees the two slopes of a corner', () => {
    const { before, after, central, isKink } = at(Math.abs, 0);
    expect([before, after, central, isKink]).toEqual([-1, 1, 0, true]);
    expect(at((x) => Math.max(0, 3 * x), 0)).toMatchObject({ before: 0, isKink: true });
  });

  test.each<[string, (x: number) => number, number]>([
    ['a corner beside the point', Math.abs, 1],
    ['strong curvature', (x) => 1000 * x * x, 0],
    ['a large value', (x) => 1e6 + x, 0],
    ['a flat function', () => 5, 0],
    ['a touch of a corner', (x) => x + 1e-6 * Math.abs(x), 0],
  ])('is not taken in by %s', (_, f, x) => {
    expect(at(f, x).isKink).toBe(false);
  });
});
