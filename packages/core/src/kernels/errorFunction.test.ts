import { describe, expect, it } from 'vitest';
import { erf, errorFunctionAt, normalDensityAt, normalDistributionAt } from './errorFunction.ts';

const { NaN: nan } = Number;

/** x, Φ(x), φ(x) and erf(x) by mpmath, with 50 digits before rounding. */
const known: readonly (readonly [x: number, distribution: number, density: number, erf: number])[] = [
  [-0.5, 0.3085375387259869, 0.35206532676429947, -0.5204998778130465],
  [0.5, 0.6914624612740131, 0.35206532676429947, 0.5204998778130465],
  [1, 0.8413447460685429, 0.24197072451914334, 0.8427007929497149],
  [2, 0.9772498680518208, 0.05399096651318805, 0.9953222650189527],
  [-3, 0.0013498980316300946, 0.0044318484119380075, -0.9999779095030014],
  [-6, 9.86587645037698e-10, 6.075882849823285e-9, -1.0],
  [-9.5, 1.0494515075362608e-21, 1.007793539430001e-20, -1.0],
  [-37.5, 4.605353009581955e-308, 1.7282337322841054e-306, -1.0],
];

describe('the normal distribution and the error function', () => {
  it.each(known)('at %f, to 15 digits of whatever is left', (x, distribution, density, error) => {
    expect(normalDistributionAt(x) / distribution).toBeCloseTo(1, 14);
    expect(normalDensityAt(x) / density).toBeCloseTo(1, 14);
    expect(errorFunctionAt(x) / error).toBeCloseTo(1, 14);
  });

  it('agree where the series meets the tail, and from point to point', () => {
    for (let x = 0.5; x < 7; x += 1 / 64) {
      const [before, after] = [errorFunctionAt(x - 1e-9), errorFunctionAt(x + 1e-9)];
      const slope = (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x);
      expect(Math.abs(after - before - 2e-9 * slope)).toBeLessThan(1e-15);
    }
  });

  it('keep all digits of erf near 0', () => {
    const slope = 2 / Math.sqrt(Math.PI);
    for (const x of [1e-300, 1e-20, 1e-9, -1e-9]) expect(errorFunctionAt(x)).toBe(slope * x);
  });

  it('are right at the ends', () => {
    const ends = [-Infinity, -800, -0, 0, 800, Infinity, nan];
    const top = 1 / Math.sqrt(2 * Math.PI);
    expect(ends.map(normalDensityAt)).toEqual([0, 0, top, top, 0, 0, nan]);
    const [half, otherHalf] = [-0, 0].map(normalDistributionAt);
    expect(ends.map(normalDistributionAt)).toEqual([0, 0, half, otherHalf, 1, 1, nan]);
    expect([half, otherHalf]).toEqual([0.5, 0.5]);
    expect(ends.map(errorFunctionAt)).toEqual([-1, -1, -0, 0, 1, 1, nan]);
  });

  it('runs over an array', () => {
    const y = new Float64Array(3);
    erf(new Float64Array([-1, 0, 9]), y, 2);
    expect([...y]).toEqual([errorFunctionAt(-1), 0, 0]);
  });
});
