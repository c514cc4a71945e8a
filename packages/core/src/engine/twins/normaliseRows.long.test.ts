import fc from 'fast-check';
import { mixedNumbers, testTwins } from '../../../test/twins.ts';

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

const sizesDrawn = fc.tuple(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 1, max: 70 }));
const specials = fc.constantFrom<number[][]>([], [], [], [nan], [infinity], [-0, 1e-40]);
const moves = fc.constantFrom<[scale: number, shift: number][]>(
  [1, 0],
  [1, 0],
  [0, 0.1],
  [1, 1e5],
  [1e30, 0],
  [1e-30, 0],
);

/** Rows and columns that are cut into parts, and work for several threads. */
const large: [rows: number, columns: number][] = [
  [3, 5003],
  [200, 1025],
  [1000, 49],
];

const cases = [
  ...fc.sample(fc.tuple(sizesDrawn, specials, moves), { numRuns: 60, seed: 4 }),
  ...large.map((sizes) => [sizes, [], [1, 3]] as const),
].map(([[rows, columns], special, [scale, shift]], seed) => {
  const title = `[${rows}, ${columns}], ·${scale} + ${shift} with ${special}`;
  const x = Float32Array.from(mixedNumbers(rows * columns, seed, special), (number) => number * scale + shift);
  const numbers = (length: number, more: number): Float32Array => mixedNumbers(length, seed + more, []);
  return { title, x, numbers, rows, columns, sizes: [rows, columns, 1e-5] as const };
});

testTwins('normaliseRows', {
  cases: cases.map(({ title, x, numbers, rows, columns, sizes }, seed) => ({
    name: title,
    call: (kernels, room) => {
      const [from, y, moments] = [room.input(x), room.output(x.length), new Float64Array(3 * rows)];
      const [weight, bias] = [room.input(numbers(columns, 1)), room.input(numbers(columns, 2))];
      const residual = seed % 2 ? room.input(numbers(x.length, 3)) : null;
      kernels.moments(from, moments, 1, rows, columns);
      kernels.normaliseRows(from, moments, weight, bias, residual, y, ...sizes, seed % 3 === 0 ? 1 : 0);
    },
  })),
  // The deviation, its product with the factor and the last two roundings, of numbers of at most a few deviations.
  tolerance: 1e-6,
});

testTwins('normaliseRowsSums, normaliseRowsGradient', {
  cases: cases.map(({ title, x, numbers, rows, columns, sizes }, seed) => ({
    name: title,
    call: (kernels, room) => {
      const [from, moments] = [room.input(x), new Float64Array(3 * rows)];
      const [g, weight] = [room.input(numbers(x.length, 4)), room.input(numbers(columns, 1))];
      const gate = seed % 2 ? room.input(numbers(x.length, 5)) : null;
      const [xGradient, sums] = [room.output(x.length), new Float64Array(2 * columns)];
      const rounded = room.output(2 * columns);
      kernels.moments(from, moments, 1, rows, columns);
      kernels.normaliseRowsSums(g, gate, from, moments, sums, ...sizes);
      rounded.set(sums);
      kernels.normaliseRowsGradient(g, gate, from, moments, weight, xGradient, ...sizes);
    },
  })),
  // Sums of some hundred numbers in float32, relative to sums that may be near 0; then divided by the deviation.
  tolerance: 2e-5,
});
