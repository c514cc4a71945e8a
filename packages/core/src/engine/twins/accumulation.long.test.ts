import * as fc from 'fast-check';
import { test } from 'vitest';
import { checkTrials, normalNumbers, type Trial } from '../../../test/trials.ts';

type Sizes = readonly [outer: number, length: number, inner: number];

const size = fc.oneof(fc.constantFrom(0, 1, 2, 4), fc.integer({ min: 1, max: 40 }));
const sizes = fc.sample(fc.tuple(size, size, fc.oneof(fc.constant(1), size)), { numRuns: 150, seed: 21 });
/** Sizes that are cut into pieces. */
const large: readonly Sizes[] = [
  [1, 100_003, 1],
  [5000, 7, 1],
  [1, 30_001, 5],
  [2, 3001, 19],
  [2000, 3, 35],
];
const all: readonly Sizes[] = [...sizes, ...large];

const name = (kernel: string, ...numbers: readonly number[]): string => `${kernel}(${numbers.join(', ')})`;

test('products are the reference but for the last rounding', async () => {
  const trials = all.map((sizes, seed): Trial => {
    const [outer, length, inner] = sizes;
    // Factors near 1, of which even very many make no number too large or too small.
    const x = normalNumbers(outer * length * inner, seed).map((number) => Math.exp(number / 1000) * Math.sign(number));
    if (seed % 5 === 0 && x.length > 0) x[x.length >> 1] = [0, Number.NaN, Infinity][seed % 3];
    return {
      name: name('product', ...sizes),
      inputs: [x],
      outputs: [new Float32Array(outer * inner)],
      call: (kernels, x, y) => kernels.product(x, y, ...sizes),
      units: 1,
    };
  });
  await checkTrials(trials);
});

test('cumulative sums are the reference but for the last rounding, both ways, with their own number and without', async () => {
  const trials = all.flatMap((sizes, seed) =>
    [0, 1].flatMap((exclusive) =>
      [0, 1].map((reverse): Trial => {
        const x = normalNumbers(sizes[0] * sizes[1] * sizes[2], seed);
        if (seed % 5 === 0 && x.length > 0) x[x.length >> 1] = [-Infinity, Number.NaN, Infinity][seed % 3];
        return {
          name: name('cumulativeSum', ...sizes, exclusive, reverse),
          inputs: [x],
          outputs: [new Float32Array(x.length)],
          call: (kernels, x, y) => kernels.cumulativeSum(x, y, ...sizes, exclusive, reverse),
          units: 1,
          absolute: 1e-11,
        };
      }),
    ),
  );
  await checkTrials(trials);
});

test('the indices of extremes are the very indices, with ties, infinities and NaN', async () => {
  const trials = all.flatMap((sizes, seed) =>
    (['argMax', 'argMin'] as const).map((kernel): Trial => {
      const x = normalNumbers(sizes[0] * sizes[1] * sizes[2], seed, seed % 3 === 0);
      return {
        name: name(kernel, ...sizes),
        inputs: [x.map((number) => (Math.abs(number) < 10 ? Math.round(number) : number))],
        outputs: [new Int32Array(sizes[0] * sizes[2])],
        call: (kernels, x, indices) => kernels[kernel](x, indices, ...sizes),
      };
    }),
  );
  await checkTrials(trials.filter(({ inputs }) => inputs[0].length > 0));
});
