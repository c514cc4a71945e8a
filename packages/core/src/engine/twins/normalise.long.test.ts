import fc from 'fast-check';
import { mixedNumbers, testTwins } from '../../../test/twins.ts';

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

/** [batch, channels, plane, perGroup]: of a batch, of groups, and of instances. */
const layouts = fc.oneof(
  fc.tuple(
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 70 }),
    fc.constant(0),
  ),
  fc.tuple(
    fc.integer({ min: 0, max: 5 }),
    fc.constantFrom(6),
    fc.integer({ min: 1, max: 70 }),
    fc.constantFrom(1, 2, 3, 6),
  ),
);
const specials = fc.constantFrom<number[][]>([], [], [], [nan], [infinity], [-0, 1e-40]);
const moves = fc.constantFrom<[scale: number, shift: number][]>(
  [1, 0],
  [1, 0],
  [0, 0.1],
  [1, 1e5],
  [1e30, 0],
  [1e-30, 0],
);

/** Lines that are cut into segments, and work for several threads. */
const large: [batch: number, channels: number, plane: number, perGroup: number][] = [
  [8, 16, 1025, 0],
  [2, 4, 5003, 2],
  [40, 64, 49, 0],
];

const cases = [
  ...fc.sample(fc.tuple(layouts, specials, moves), { numRuns: 80, seed: 3 }),
  ...large.map((layout) => [layout, [], [1, 3]] as const),
].map(([[batch, channels, plane, perGroup], special, [scale, shift]], seed) => {
  const lines = batch * channels;
  const groups = perGroup === 0 ? channels : lines / perGroup;
  const sizes = [lines, channels, plane, perGroup, 1e-5] as const;
  const cut = perGroup === 0 ? ([batch, channels, plane] as const) : ([1, groups, perGroup * plane] as const);
  const title = `[${batch}, ${channels}, ${plane}] by ${perGroup}, ·${scale} + ${shift} with ${special}`;
  const x = Float32Array.from(mixedNumbers(lines * plane, seed, special), (number) => number * scale + shift);
  const numbers = (length: number, more: number): Float32Array => mixedNumbers(length, seed + more, []);
  return { title, x, numbers, sizes, cut, groups, lines, channels };
});

testTwins('normalise', {
  cases: cases.map(({ title, x, numbers, sizes, cut, groups, channels }, seed) => ({
    name: title,
    call: (kernels, room) => {
      const [from, y, moments] = [room.input(x), room.output(x.length), new Float64Array(3 * groups)];
      const [weight, bias] = [room.input(numbers(channels, 1)), room.input(numbers(channels, 2))];
      const residual = seed % 2 ? room.input(numbers(x.length, 3)) : null;
      kernels.moments(from, moments, ...cut);
      kernels.normalise(from, moments, weight, bias, residual, y, ...sizes, seed % 3 === 0 ? 1 : 0);
    },
  })),
  // The deviation, its product with the factor and the last two roundings, of numbers of at most a few deviations.
  tolerance: 1e-6,
});

testTwins('normaliseSums, normaliseGradient', {
  cases: cases.map(({ title, x, numbers, sizes, cut, groups, lines, channels }, seed) => ({
    name: title,
    call: (kernels, room) => {
      const [from, moments] = [room.input(x), new Float64Array(3 * groups)];
      const [g, weight] = [room.input(numbers(x.length, 4)), room.input(numbers(channels, 1))];
      const gate = seed % 2 ? room.input(numbers(x.length, 5)) : null;
      const [xGradient, sums, rounded] = [room.output(x.length), new Float64Array(2 * lines), room.output(2 * lines)];
      kernels.moments(from, moments, ...cut);
      kernels.normaliseSums(g, gate, from, moments, sums, ...sizes);
      rounded.set(sums);
      kernels.normaliseGradient(g, gate, from, moments, weight, sums, xGradient, ...sizes);
    },
  })),
  // Sums of some hundred numbers in float32, relative to sums that may be near 0; then divided by the deviation.
  tolerance: 2e-5,
});
