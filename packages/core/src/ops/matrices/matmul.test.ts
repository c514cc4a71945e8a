import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf, gradientTensors } from '../../../test/gradients.ts';
import { broadcastPosition, double, positions, scattered, uniform } from '../../../test/numbers.ts';
import { broadcastTo } from '../../tape/chain.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { broadcastShapes } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { multiply } from '../elementwise/multiply.ts';
import { sum } from '../reductions/sum.ts';
import { slice } from '../shape/slice.ts';
import { transpose, transposeMatrices } from '../shape/transpose.ts';
import { matmul } from './matmul.ts';

/** The sum over p, for every place, of matrices by the book. */
function multiplyNaively(x: Tensor, y: Tensor): Tensor {
  const batch = broadcastShapes('test', { x: x.shape.slice(0, -2), y: y.shape.slice(0, -2) });
  const [rows, inner] = x.shape.slice(-2);
  const shape = [...batch, rows, y.shape[y.rank - 1]];
  const numbers = Array.from(positions(shape), (place) => {
    const [i, j] = place.slice(-2);
    let total = 0;
    for (let p = 0; p < inner; p++) {
      const [left, right] = [
        [...place.slice(0, -2), i, p],
        [...place.slice(0, -2), p, j],
      ];
      total += x.view.get(...broadcastPosition(x.shape, left)) * y.view.get(...broadcastPosition(y.shape, right));
    }
    return total;
  });
  return tensor(Float64Array.from(numbers), { shape });
}

const length = fc.constantFrom(0, 1, 2, 3, 4, 5, 7, 8, 9);
const sizes = fc.tuple(length, length, length);
const lay = fc.constantFrom<(x: Tensor) => Tensor>(
  (x) => x,
  scattered,
  (x) => transposeMatrices(tensor(transposeMatrices(x).toNdarray())),
);
const matrices = (shape: number[]): fc.Arbitrary<Tensor> =>
  fc.tuple(fc.nat(), lay).map(([seed, lay]) => lay(tensor(uniform(shape, { seed }))));
const batches = fc.constantFrom<[number[], number[]]>(
  [[], []],
  [[3], []],
  [[], [3]],
  [[2], [2]],
  [[2, 1], [3]],
  [
    [2, 3],
    [2, 3],
  ],
  [
    [2, 1],
    [1, 3],
  ],
  [[1], [4]],
  [[0], [1]],
);
const pairs = fc
  .tuple(batches, sizes)
  .chain(([[xBatch, yBatch], [rows, inner, columns]]) =>
    fc.tuple(matrices([...xBatch, rows, inner]), matrices([...yBatch, inner, columns])),
  );

describe('matmul', () => {
  it('multiplies rows by columns', () => {
    expect(
      matmul(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
      ).toList(),
    ).toEqual([
      [19, 22],
      [43, 50],
    ]);
    expect(matmul([[1, 2, 3]], [[1], [10], [100]]).toList()).toEqual([[321]]);
    expect(
      matmul(
        [
          [1, 0],
          [0, Number.NaN],
        ],
        [[1], [2]],
      ).toList(),
    ).toEqual([[1], [Number.NaN]]);
    expect(matmul(double([[0.1]]), double([[3]])).item()).toBe(0.1 * 3);
  });

  it('drops the axis of a vector', () => {
    const matrix = [
      [1, 2],
      [3, 4],
    ];
    expect(matmul([1, 10], matrix).toList()).toEqual([31, 42]);
    expect(matmul(matrix, [1, 10]).toList()).toEqual([21, 43]);
    expect(matmul([1, 2], [3, 4]).toList()).toBe(11);
    expect(matmul(zeros([5, 3, 2]), [1, 2]).shape).toEqual([5, 3]);
    expect(matmul([1, 2], zeros([5, 2, 3])).shape).toEqual([5, 3]);
  });

  it('gives zeros for an inner length of 0', () => {
    expect(matmul(zeros([2, 0]), zeros([0, 3])).toList()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(matmul([], []).toList()).toBe(0);
    expect(matmul(zeros([0, 2]), zeros([2, 3])).shape).toEqual([0, 3]);
  });

  it('agrees with three loops, for all sizes, strides and batches', () => {
    fc.assert(
      fc.property(pairs, ([x, y]) => expectClose(matmul(x, y), multiplyNaively(x, y), 1e-14)),
      { numRuns: 300 },
    );
  });

  it('reads batches that are sliced or repeated', () => {
    const x = slice(tensor(uniform([4, 3, 5, 6])), [
      [0, null, 2],
      [1, 2],
      [0, 4],
      [1, null, 2],
    ]);
    const y = broadcastTo(tensor(uniform([1, 3, 2], { seed: 2 })), [2, 3, 3, 2]);
    expectClose(matmul(x, y), multiplyNaively(x, y), 1e-14);
  });

  it('is transposed by exchanging: (xy)ᵀ = yᵀxᵀ', () => {
    fc.assert(
      fc.property(pairs, ([x, y]) => {
        expectSame(transposeMatrices(matmul(x, y)), matmul(transposeMatrices(y), transposeMatrices(x)));
      }),
    );
  });

  it('has transposed factors as its derivative', () => {
    checkDerivatives(matmul, [uniform([2, 3]), uniform([3, 4], { seed: 2 })]);
    checkDerivatives(matmul, [uniform([2, 1, 2, 3]), uniform([3, 3, 2], { seed: 2 })]);
    checkDerivatives((x) => matmul(x, transpose(x)), [uniform([2, 3])]);
    checkDerivatives((x) => matmul(x, matmul(x, x)), [uniform([5, 5])]);
    expect(gradientsOf(matmul, [[[1, 2]], [[3], [4]]])).toEqual([[[3, 4]], [[1], [2]]]);
  });

  it('has derivatives for vectors', () => {
    checkDerivatives(matmul, [uniform([3]), uniform([3], { seed: 2 })]);
    checkDerivatives(matmul, [uniform([3]), uniform([2, 3, 4], { seed: 2 })]);
    checkDerivatives(matmul, [uniform([2, 4, 3]), uniform([3], { seed: 2 })]);
    checkDerivatives((x) => matmul(x, x), [uniform([3])]);
  });

  it('gives empty gradients for what is empty', () => {
    expect(gradientsOf(matmul, [zeros([2, 0]), zeros([0, 3])])).toEqual([[[], []], []]);
    expect(gradientsOf(matmul, [zeros([0, 2]), zeros([2, 1])])).toEqual([[], [[0], [0]]]);
  });

  it('has adjoint derivatives: ⟨x·y, u⟩ = ⟨x, u·yᵀ⟩ = ⟨y, xᵀ·u⟩', () => {
    const inner = (a: Tensor, b: Tensor): Tensor => sum(multiply(a, b));
    fc.assert(
      fc.property(pairs, ([x, y]) => {
        const product = matmul(x, y);
        const u = tensor(uniform(product.shape, { seed: 3 }));
        const [dx, dy] = gradientTensors(matmul, [x, y], [...u.toFlatArray()]);
        expectClose(inner(x, dx), inner(product, u), 1e-12);
        expectClose(inner(y, dy), inner(product, u), 1e-12);
      }),
    );
  });

  it('says what does not fit', () => {
    expect(() => matmul(zeros([2, 3]), zeros([2, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: matmul: x is [2, 3], y is [2, 3]; wanted as many columns in x as rows in y: [rows, inner] and [inner, columns]. Transpose one of them, or reshape a scalar to [1, 1].]`,
    );
    expect(() => matmul(zeros([2, 3]), 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: matmul: x is [2, 3], y is []; wanted as many columns in x as rows in y: [rows, inner] and [inner, columns]. Transpose one of them, or reshape a scalar to [1, 1].]`,
    );
    expect(() => matmul([1, 2, 3], [1, 2])).toThrow(
      'matmul: x is [3], y is [2]; wanted as many columns in x as rows in y',
    );
    expect(() => matmul(zeros([2, 3, 4]), zeros([3, 4, 5]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: matmul: the batch of x is [2], the batch of y is [3]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.]`,
    );
    expect(() => matmul(zeros([1, 1]), zeros([1, 1], 'float64'))).toThrowErrorMatchingInlineSnapshot(
      `[DataTypeError: matmul: x is float32, y is float64; wanted operands of one type. Convert one of them, for example \`cast(y, 'float32')\`.]`,
    );
    expect(() => matmul(ended(), [1, 2])).toThrow('matmul: a tensor of shape [2] whose tape has ended');
  });
});
