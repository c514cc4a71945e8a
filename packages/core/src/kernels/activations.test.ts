import { describe, expect, it } from 'vitest';
import {
  elu,
  eluSlope,
  gelu,
  geluSlope,
  geluTanh,
  geluTanhSlope,
  hardSigmoid,
  hardSigmoidSlope,
  leakyRelu,
  leakyReluSlope,
  mish,
  mishSlope,
  normalDensity,
  silu,
  softplus,
  softplusSlope,
} from './activations.ts';
import type { FloatArray } from './dtype.ts';
import { normalDistributionAt } from './errorFunction.ts';

const { NaN: nan } = Number;

const applied = (
  kernel: (x: FloatArray, y: FloatArray, length: number, ...options: number[]) => void,
  x: readonly number[],
  ...options: number[]
): number[] => {
  const y = new Float64Array(x.length);
  kernel(Float64Array.from(x), y, x.length, ...options);
  return [...y];
};

describe('activations', () => {
  const x = [-30, -3, -1, -0.25, 0, 0.25, 1, 3, 30];
  const u = (x: number): number => Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);

  it.each<[string, (x: FloatArray, y: FloatArray, length: number) => void, (x: number) => number]>([
    ['leakyRelu', (x, y, n) => leakyRelu(x, y, n, 0.1), (x) => (x > 0 ? x : 0.1 * x)],
    ['elu', (x, y, n) => elu(x, y, n, 2, 3), (x) => 3 * (x > 0 ? x : 2 * (Math.exp(x) - 1))],
    ['geluTanh', geluTanh, (x) => (x / 2) * (1 + Math.tanh(u(x)))],
    ['silu', silu, (x) => x / (1 + Math.exp(-x))],
    ['mish', mish, (x) => x * Math.tanh(Math.log(1 + Math.exp(x)))],
    ['softplus', (x, y, n) => softplus(x, y, n, 2, 20), (x) => Math.log(1 + Math.exp(2 * x)) / 2],
    ['hardSigmoid', (x, y, n) => hardSigmoid(x, y, n, 0.25, 0.5), (x) => Math.min(1, Math.max(0, 0.25 * x + 0.5))],
  ])('%s is its formula', (_, kernel, formula) => {
    expect(applied(kernel, x)).toEqual(x.map((each) => expect.closeTo(formula(each), 12)));
  });

  it('gelu is x times the share of a normal distribution below x', () => {
    const shares = x.map(normalDistributionAt);
    expect(applied(gelu, x)).toEqual(x.map((each, at) => expect.closeTo(each * shares[at], 14)));
  });

  it('those that sink to 0 are 0 at -Infinity, and no NaN', () => {
    for (const kernel of [gelu, geluTanh, silu, mish]) expect(applied(kernel, [-Infinity])[0]).toBeCloseTo(0, 300);
  });
});

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
