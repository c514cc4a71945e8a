import { describe, expect, it } from 'vitest';
import {
  eluSlope,
  geluSlope,
  geluTanhSlope,
  hardSigmoidSlope,
  leakyReluSlope,
  mishSlope,
  normalDensity,
  softplusSlope,
} from './activations.ts';
import type { FloatArray } from './dtype.ts';

const { NaN: nan } = Number;

/*
 * Most of these kernels are an op's formula, and tested as that op; here are those that stand behind a derivative.
 */

const applied = (
  kernel: (x: FloatArray, y: FloatArray, length: number, ...options: number[]) => void,
  x: readonly number[],
  ...options: number[]
): number[] => {
  const y = new Float64Array(x.length);
  kernel(Float64Array.from(x), y, x.length, ...options);
  return [...y];
};

describe('the slopes of activations', () => {
  it('leakyRelu: 1 above 0, else the slope', () => {
    expect(applied((x, y, n) => leakyReluSlope(x, y, n, 0.1), [-1, -0, 0, 1, nan])).toEqual([0.1, 0.1, 0.1, 1, 0.1]);
  });

  it('elu: one number above 0, else alpha·e^x', () => {
    const x = [-Infinity, -1, 0, 1e-300, Infinity, nan];
    expect(applied((x, y, n) => eluSlope(x, y, n, 2, 3), x)).toEqual([0, 2 * Math.exp(-1), 2, 3, 3, nan]);
  });

  it('softplus: the sigmoid of beta·x, 1 above the threshold', () => {
    const x = [-Infinity, -400, 0, 1, 1.5, Infinity, nan];
    const wanted = [0, Math.exp(-800), 0.5, 1 / (1 + Math.exp(-2)), 1, 1, nan];
    expect(applied((x, y, n) => softplusSlope(x, y, n, 2, 2), x)).toEqual(wanted);
  });

  it('hardSigmoid: alpha between the kinks, 0 at them and beyond', () => {
    const x = [-Infinity, -2, -1, 2, 3, nan];
    expect(applied((x, y, n) => hardSigmoidSlope(x, y, n, 0.25, 0.5), x)).toEqual([0, 0, 0.25, 0, 0, 0]);
  });

  it('gelu: the normal distribution and x times its density, 0 and 1 far out', () => {
    const ends = [-Infinity, -1e300, 1e300, Infinity, nan];
    for (const slope of [geluSlope, geluTanhSlope]) {
      expect(applied(slope, ends).map(Math.abs)).toEqual([0, 0, 1, 1, nan]);
      expect(applied(slope, [0])).toEqual([0.5]);
    }
    expect(applied(normalDensity, [-Infinity, Infinity, nan])).toEqual([0, 0, nan]);
    // Φ(1) + φ(1) and its counterpart by tanh, by mpmath.
    expect(applied(geluSlope, [1])[0]).toBeCloseTo(1.0833154705876862, 14);
    expect(applied(geluTanhSlope, [1])[0]).toBeCloseTo(1.0829640838457826, 14);
  });

  it('mish: 0 far below, and 1 above 20', () => {
    expect(applied(mishSlope, [-Infinity, -1e300, 20.5, 1e300, Infinity, nan]).map(Math.abs)).toEqual([
      ...[0, 0, 1, 1, 1, nan],
    ]);
    expect(applied(mishSlope, [0, 1])).toEqual([expect.closeTo(0.6, 15), expect.closeTo(1.0490362200997922, 14)]);
  });
});
