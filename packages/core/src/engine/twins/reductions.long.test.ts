import fc from 'fast-check';
import { mixedNumbers, testTwins } from '../../../test/twins.ts';

const { NaN: nan, POSITIVE_INFINITY: infinity, NEGATIVE_INFINITY: minusInfinity } = Number;

const size = fc.oneof(fc.constantFrom(0, 1, 2, 4), fc.integer({ min: 1, max: 50 }));
const shapes = fc.tuple(size, size, fc.oneof(fc.constant(1), size));
const specials = fc.constantFrom<number[][]>(
  [],
  [],
  [nan],
  [infinity, minusInfinity],
  [minusInfinity, -0],
  [1e30, 1e-40],
);

/** Sizes that are cut in every way. */
const large: [number, number, number][] = [
  [1, 100_003, 1],
  [3, 40_001, 1],
  [1, 30_001, 5],
  [2, 6001, 19],
  [2000, 3, 35],
  [40_000, 10, 1],
  [30, 3000, 1],
];

for (const name of ['sum', 'max', 'min'] as const) {
  const random = fc.sample(fc.tuple(shapes, specials), { numRuns: 150, seed: 11 });
  const cases = [...random, ...large.map((shape) => [shape, [1e30]] as const)];
  testTwins(name, {
    cases: cases.map(([[outer, length, inner], special], seed) => ({
      name: `[${outer}, ${length}, ${inner}] with ${special}`,
      call: (kernels, room) => {
        const x = room.input(mixedNumbers(outer * length * inner, seed, special));
        kernels[name](x, room.output(outer * inner), outer, length, inner);
      },
    })),
    // Sums are carried in float64 by both: what is left is the last rounding.
    tolerance: name === 'sum' ? 1.2e-7 : 0,
  });
}
