import { describe, expect, test } from 'vitest';
import { positions, uniform } from '../../test/numbers.ts';
import { type Shape, sizeOf } from '../tensor/shape.ts';
import { viewOf } from '../tensor/strided.ts';
import { conv2d, conv2dFilterGradient, conv2dInputGradient, conv2dRelu } from './convolution.ts';
import type { ConvolutionSizes } from './patches.ts';

interface Case {
  readonly x: Shape;
  readonly weight: Shape;
  readonly y: Shape;
  readonly sizes: ConvolutionSizes;
}

/** Strided, padded on one side more than on the other, dilated and in groups, in sizes that four does not divide. */
const everything: Case = {
  x: [2, 6, 7, 9],
  weight: [10, 3, 2, 3],
  y: [2, 10, 4, 7],
  sizes: [2, 6, 7, 9, 10, 4, 7, 2, 3, 2, 1, 1, 2, 3, 2, 2],
};
const pointwise: Case = {
  x: [1, 3, 2, 2],
  weight: [2, 3, 1, 1],
  y: [1, 2, 2, 2],
  sizes: [1, 3, 2, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 1, 1, 1],
};
const single: Case = {
  x: [1, 1, 1, 1],
  weight: [1, 1, 1, 1],
  y: [1, 1, 1, 1],
  sizes: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1],
};

/** Calls `use` for every product of the convolution: where in y, in the weight and in x its three numbers stand. */
function eachProduct({ x, weight, y, sizes }: Case, use: (y: number[], weight: number[], x: number[]) => void): void {
  const [strideY, strideX, top, left, dilationY, dilationX, groups] = sizes.slice(9);
  for (const position of positions(y)) {
    const [n, o, r, c] = position;
    const first = Math.floor(o / (weight[0] / groups)) * weight[1];
    for (const [k, i, j] of positions(weight.slice(1))) {
      const [row, column] = [r * strideY + i * dilationY - top, c * strideX + j * dilationX - left];
      const isInside = row >= 0 && row < x[2] && column >= 0 && column < x[3];
      if (isInside) use(position, [o, k, i, j], [n, first + k, row, column]);
    }
  }
}

const numbers = (shape: Shape, seed: number): Float64Array => uniform(shape, { seed }).data as Float64Array;
/** What memory may hold before: a kernel writes every number of its result. */
const dirty = (shape: Shape): Float64Array => new Float64Array(sizeOf(shape)).fill(Number.NaN);

describe.each(Object.entries({ everything, pointwise, single }))('%s', (_, one) => {
  const [x, weight, g, bias] = [
    numbers(one.x, 1),
    numbers(one.weight, 2),
    numbers(one.y, 3),
    numbers([one.weight[0]], 4),
  ];
  const [xs, weights, gs] = [viewOf(x, one.x), viewOf(weight, one.weight), viewOf(g, one.y)];

  test('conv2d, with and without a bias', () => {
    const wanted = viewOf(new Float64Array(sizeOf(one.y)), one.y);
    eachProduct(one, (y, w, x) => wanted.set(...y, wanted.get(...y) + weights.get(...w) * xs.get(...x)));
    const bare = dirty(one.y);
    conv2d(x, weight, null, bare, ...one.sizes);
    expectAllClose(bare, wanted.data);
    const biased = dirty(one.y);
    conv2d(x, weight, bias, biased, ...one.sizes);
    for (const y of positions(one.y)) wanted.set(...y, wanted.get(...y) + bias[y[1]]);
    expectAllClose(biased, wanted.data);
  });

  test('conv2dRelu is conv2d with what is negative made zero', () => {
    const [plain, found] = [dirty(one.y), dirty(one.y)];
    conv2d(x, weight, bias, plain, ...one.sizes);
    conv2dRelu(x, weight, bias, found, ...one.sizes);
    expect([...found]).toEqual([...plain].map((number) => Math.max(number, 0)));
  });

  test('conv2dFilterGradient', () => {
    const wanted = viewOf(new Float64Array(sizeOf(one.weight)), one.weight);
    eachProduct(one, (y, w, x) => wanted.set(...w, wanted.get(...w) + gs.get(...y) * xs.get(...x)));
    const found = dirty(one.weight);
    conv2dFilterGradient(x, g, found, ...one.sizes);
    expectAllClose(found, wanted.data);
  });

  test('conv2dInputGradient', () => {
    const wanted = viewOf(new Float64Array(sizeOf(one.x)), one.x);
    eachProduct(one, (y, w, x) => wanted.set(...x, wanted.get(...x) + gs.get(...y) * weights.get(...w)));
    const found = dirty(one.x);
    conv2dInputGradient(g, weight, found, ...one.sizes);
    expectAllClose(found, wanted.data);
  });
});

test('conv2dRelu keeps NaN', () => {
  const found = dirty(single.y);
  conv2dRelu(Float64Array.of(Number.NaN), Float64Array.of(1), null, found, ...single.sizes);
  expect([...found]).toEqual([Number.NaN]);
});

test('of an empty batch the filter gradient is zero', () => {
  const [, ...rest] = everything.sizes;
  const found = dirty(everything.weight);
  conv2dFilterGradient(new Float64Array(0), new Float64Array(0), found, 0, ...rest);
  expect(found.every((number) => number === 0)).toBe(true);
});

function expectAllClose(found: ArrayLike<number>, wanted: ArrayLike<number>): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < found.length; i++) expect(Math.abs(found[i] - wanted[i])).toBeLessThan(1e-13);
}
