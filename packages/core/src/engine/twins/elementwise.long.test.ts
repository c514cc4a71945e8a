import { expect, test } from 'vitest';
import { checkTrials, normalNumbers, special, type Trial } from '../../../test/trials.ts';
import type { Kernels } from '../kernels.ts';
import { above, atLeast, atMost, isPrecise } from './rounding.ts';

/** With remainders of 0 to 3 after vectors, and in the end of several pieces. */
const lengths = [0, 1, 2, 3, 4, 5, 7, 8, 13, 31, 64, 1000, 9_001, 70_002];

type Name = {
  [K in keyof Kernels]: Kernels[K] extends (x: Float32Array, y: Float32Array, n: number) => void ? K : never;
}[keyof Kernels];

/** The kernel on numbers of all lengths, and on each special number beside each. */
function trialsOf(name: keyof Kernels, arrays: number, units = 0, ...options: number[]): Trial[] {
  const pairs = special.flatMap((x) => special.map((y) => [x, y, -x]));
  const inputs = [
    ...lengths.map((n) => Array.from({ length: arrays }, (_, at) => normalNumbers(n, 7 * n + at, true))),
    Array.from({ length: arrays }, (_, at) => Float32Array.from(pairs, (pair) => pair[at])),
  ];
  return inputs.map((lanes) => ({
    name: `${name}(${[lanes[0].length, ...options].join(', ')})`,
    inputs: lanes,
    outputs: [new Float32Array(lanes[0].length)],
    call: (kernels, ...all) => (kernels[name] as (...args: unknown[]) => void)(...all, lanes[0].length, ...options),
    units,
  }));
}

const ofTwo = [
  ...(['add', 'subtract', 'multiply', 'divide', 'maximum', 'minimum'] as const),
  ...(['multiplyCotangent', 'divideCotangent'] as const),
  ...(['greaterShare', 'equal', 'greater', 'greaterOrEqual', 'reluGradient'] as const),
];
const ofOne: readonly Name[] = ['negate', 'sqrt', 'abs', 'sign', 'relu'];

test('what is computed in one rounding, or chosen, is the very number', async () => {
  await checkTrials([
    ...ofTwo.flatMap((name) => trialsOf(name, 2)),
    ...ofOne.flatMap((name) => trialsOf(name, 1)),
    ...trialsOf('where', 3),
  ]);
});

test('exp, log, tanh and sigmoid are off by few units in the last place', async () => {
  await checkTrials([
    ...trialsOf('exp', 1, 1),
    ...trialsOf('log', 1, 1),
    ...trialsOf('tanh', 1, 2),
    ...trialsOf('sigmoid', 1, 3),
  ]);
});

test('exp, log, tanh and sigmoid hold their tolerance at numbers of all sizes', async () => {
  const all = Float32Array.from({ length: 40_000 }, (_, at) => (at % 2 ? -1 : 1) * 2 ** (-149 + (277 * at) / 40_000));
  const names = { exp: 1, log: 1, tanh: 2, sigmoid: 3 } as const;
  const trials = Object.entries(names).map(
    ([name, units]): Trial => ({
      name,
      inputs: [all],
      outputs: [new Float32Array(all.length)],
      call: (kernels, x, y) => kernels[name as keyof typeof names](x, y, all.length),
      units,
    }),
  );
  await checkTrials(trials);
});

test('powers are off by two units in the last place, with whole and fractional exponents and for extreme numbers', async () => {
  const lengths = [0, 1, 2, 3, 5, 1000, 9_001, 40_002];
  const numbers = lengths.map((n) => [
    normalNumbers(n, n, true).map((x, at) => (at % 3 === 0 ? x : Math.abs(x))),
    normalNumbers(n, n + 1, true).map((y, at) => (at % 2 === 0 ? y : Math.round(4 * y) / 2)),
  ]);
  const near1 = Float32Array.from({ length: 20_000 }, (_, at) => 1 + (at - 10_000) * 2 ** -22);
  const large = normalNumbers(20_000, 3).map((y) => 3_000 * y);
  const sizes = Float32Array.from({ length: 20_000 }, (_, at) => 2 ** (-149 + (277 * at) / 20_000));
  const pairs = special.flatMap((x) => [...special, 2, 3, -3, 1 / 3, 2 ** 24 + 2].map((y) => [x, y]));
  const ends = [0, 1].map((at) => Float32Array.from(pairs, (pair) => pair[at]));
  const inputs = [...numbers, [near1, large], [sizes, normalNumbers(20_000, 4)], ends];
  const trials = inputs.map(
    (inputs): Trial => ({
      name: `pow(${inputs[0].length})`,
      inputs,
      outputs: [new Float32Array(inputs[0].length)],
      call: (kernels, x, y, z) => kernels.pow(x, y, z, x.length),
      units: 2,
    }),
  );
  await checkTrials(trials);
});

const bounds = [
  ...[
    [-1, 1],
    [0.1, 0.7],
    [-0.1, -0.3],
    [0, 1e-50],
    [-1e300, 1e300],
    [-Infinity, 0.1],
    [1e39, Infinity],
  ],
  ...[
    [Number.NaN, 1],
    [-1, Number.NaN],
    [-0, 0],
    [2 ** -150, 1],
  ],
];

test('clamp and within are the very number, whatever the bounds', async () => {
  await checkTrials(
    bounds.flatMap(([low, high]) => [...trialsOf('clamp', 1, 0, low, high), ...trialsOf('within', 1, 0, low, high)]),
  );
});

test('within compares with bounds that are no float32', async () => {
  const x = Float32Array.of(0.1, 0.7, Math.fround(0.1) - 2 ** -27, Math.fround(0.7) + 2 ** -24);
  const call: Trial['call'] = (kernels, from, to) => kernels.within(from, to, 4, 0.1, 0.7);
  await checkTrials([{ name: 'within', inputs: [x], outputs: [new Float32Array(4)], call }]);
});

test('kernels work in place', async () => {
  const call: Trial['call'] = (kernels, x, y) => {
    y.set(x);
    kernels.add(y, y, y, 101);
    kernels.exp(y, y, 101);
  };
  await checkTrials([
    { name: 'in place', inputs: [normalNumbers(101, 1)], outputs: [new Float32Array(101)], call, units: 1 },
  ]);
});

test('bounds are rounded to the side on which comparisons stay the same', async () => {
  expect([0, 1, -1, Infinity, -Infinity].map(atLeast)).toEqual([0, 1, -1, Infinity, -Infinity]);
  expect(atLeast(1e300)).toBe(Infinity);
  expect(atLeast(-1e300)).toBe(-(2 - 2 ** -23) * 2 ** 127);
  expect(atLeast(1e-60)).toBe(2 ** -149);
  expect(atMost(1e-60)).toBeCloseTo(0, 300);
  expect(atMost(1 + 1e-10)).toBe(1);
  expect(atLeast(1 + 1e-10)).toBe(1 + 2 ** -23);
  expect(above(-(2 ** -149))).toBeCloseTo(0, 300);
});

test('numbers are precise where float32 holds all their digits but the last', async () => {
  expect([0, 1, 0.1, -3e38, Infinity, Number.NaN].every(isPrecise)).toBe(true);
  expect([1e-40, -1e-60, 1e39].some(isPrecise)).toBe(false);
});
