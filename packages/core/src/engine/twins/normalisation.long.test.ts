import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mixedNumbers, someNumbers, testTwins } from '../../../test/twins.ts';
import * as kernels from '../kernels.ts';
import { configureEngine } from '../machine.ts';

const { NaN: nan, POSITIVE_INFINITY: infinity, NEGATIVE_INFINITY: minusInfinity } = Number;

const size = fc.oneof(fc.constantFrom(0, 1, 2, 4), fc.integer({ min: 1, max: 40 }));
const inner = fc.oneof(fc.constantFrom(0, 1, 1, 1, 2, 3, 7, 8), fc.integer({ min: 1, max: 70 }));
const shapes = fc.tuple(size, size, inner);
const specials = fc.constantFrom<number[][]>(
  [],
  [],
  [nan],
  [infinity],
  [minusInfinity],
  [infinity, minusInfinity],
  [1e30],
  [3.4e38, 3.3e38],
  [-1e30, 1e-40, -0],
);
const epsilons = fc.constantFrom(1e-5, 1e-5, 0, 3);
/** Nothing moved, all the same, and means that are huge beside the deviations. */
const moves = fc.constantFrom<[scale: number, shift: number][]>(
  [1, 0],
  [1, 0],
  [0, 0.1],
  [1, 1e5],
  [1, -1.6e7],
  [1e-30, 0],
  [1e-42, 0],
);

/** Sizes that are cut in every way: into parts of lines and of columns, by one thread and by all. */
const large: [outer: number, groups: number, inner: number][] = [
  [64, 16, 196],
  [3, 2, 20_003],
  [1, 1, 100_001],
  [30, 3, 1001],
  [9000, 1, 9],
  [30_001, 3, 1],
  [10_000, 4, 3],
  [700, 150, 1],
  [600, 21, 5],
  [1, 300, 129],
  [1, 200, 3],
  [1, 9, 5000],
];

const random = fc.sample(fc.tuple(shapes, specials, epsilons, moves), { numRuns: 150, seed: 5 });
const standardised: typeof random = [
  ...random,
  ...large.map((shape): (typeof random)[number] => [shape, [1e30], 1e-5, [1, 0]]),
  ...large.map((shape): (typeof random)[number] => [shape, [], 0, [1, 1e6]]),
];

/** Mean and variance of each group, rounded once. */
function putMeans(moments: Float64Array, mean: Float32Array, variance: Float32Array): void {
  for (let group = 0; group < mean.length; group++) {
    mean[group] = moments[3 * group] + moments[3 * group + 1];
    variance[group] = moments[3 * group + 2];
  }
}

/** All of it in one call. */
function standardise(x: Float32Array, outer: number, groups: number, inner: number) {
  const [y, mean, variance] = [new Float32Array(x.length), new Float32Array(groups), new Float32Array(groups)];
  const moments = new Float64Array(3 * groups);
  kernels.moments(x, moments, outer, groups, inner);
  kernels.standardise(x, moments, y, outer, groups, inner, 0);
  putMeans(moments, mean, variance);
  return { y, mean, variance };
}

testTwins('standardise', {
  cases: standardised.map(([[outer, groups, inner], special, epsilon, [scale, shift]], seed) => ({
    name: `[${outer}, ${groups}, ${inner}]·${scale} + ${shift} with ${special} and epsilon ${epsilon}`,
    call: (kernels, room) => {
      const moved = mixedNumbers(outer * groups * inner, seed, []).map((number) => number * scale + shift);
      const numbers = mixedNumbers(moved.length, seed, special);
      const x = room.input(moved.map((number, at) => (special.includes(numbers[at]) ? numbers[at] : number)));
      const [y, mean, variance] = [room.output(x.length), room.output(groups), room.output(groups)];
      const moments = new Float64Array(3 * groups);
      kernels.moments(x, moments, outer, groups, inner);
      kernels.standardise(x, moments, y, outer, groups, inner, epsilon);
      putMeans(moments, mean, variance);
    },
  })),
  // Both are carried in float64: what is left is the last rounding.
  tolerance: 1.2e-7,
});

const gradients = [...random, ...large.map((shape) => [shape, [], 0, [1, 0]] as const)];

testTwins('standardiseGradient', {
  cases: gradients.map(([[outer, groups, inner], special, , [scale, shift]], seed) => ({
    name: `[${outer}, ${groups}, ${inner}]·${scale} + ${shift} with ${special}`,
    call: (kernels, room) => {
      const length = outer * groups * inner;
      const g = room.input(mixedNumbers(length, seed, special));
      const y = room.input(mixedNumbers(length, seed + 1000, seed % 3 === 0 ? special : []));
      const numbers = mixedNumbers(groups, seed, seed % 5 === 0 ? [0, infinity, 1e-42, -0] : []);
      const deviation = room.input(numbers.map((number) => Math.abs(number) * scale + Math.abs(shift)));
      kernels.standardiseGradient(g, y, deviation, room.output(length), outer, groups, inner);
    },
  })),
  tolerance: 1.2e-7,
});

test.each([
  [1, 1, 60_001],
  [60_001, 3, 1],
  [64, 3, 700],
])('one number far away, first of all, costs the others no digits: [%i, %i, %i]', (outer, groups, inner) => {
  configureEngine({ engine: 'relaxed', threads: 1 });
  const count = outer * inner;
  const x = someNumbers(count * groups, 1);
  const others = Array.from(x)
    .filter((_, at) => Math.floor(at / inner) % groups === 0)
    .slice(1);
  x[0] = 1e6;
  const { y, mean, variance } = standardise(x, outer, groups, inner);
  const middle = others.reduce((total, number) => total + number, x[0]) / count;
  const squares = others.reduce((total, number) => total + (number - middle) ** 2, (x[0] - middle) ** 2);
  const relative = [
    mean[0] / middle,
    variance[0] / (squares / count),
    (y[0] / (x[0] - middle)) * Math.sqrt(squares / count),
  ];
  for (const ratio of relative) expect(Math.abs(ratio - 1)).toBeLessThan(1.2e-7);
});

test.each([
  [1, 1, 100_000],
  [50_000, 2, 1],
])('one number next to all the same others: [%i, %i, %i]', (outer, groups, inner) => {
  const count = outer * inner;
  const x = new Float32Array(count * groups).fill(1);
  const at = Math.floor(count / 3) * groups;
  x[at] = 1 + 2 ** -23;
  const { y } = standardise(x, outer, groups, inner);
  // Of n numbers one: √(n - 1) deviations away, and all others -1 / √(n - 1).
  expect(y[at] / Math.sqrt(count - 1)).toBeCloseTo(1, 6);
  expect(y[0] * Math.sqrt(count - 1)).toBeCloseTo(-1, 6);
});
