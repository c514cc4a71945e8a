import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { positions, scattered, uniform } from '../../../test/numbers.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { multiply } from '../elementwise/multiply.ts';
import { transpose, transposeMatrices } from './transpose.ts';

const tensorsWithOrder = tensors().chain((x) =>
  fc.tuple(
    fc.constant(x),
    fc.shuffledSubarray(
      x.shape.map((_, axis) => axis),
      { minLength: x.rank },
    ),
  ),
);

describe('transpose', () => {
  it('reverses the axes unless told otherwise', () => {
    expect(
      transpose([
        [1, 2, 3],
        [4, 5, 6],
      ]).toList(),
    ).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(transpose(zeros([2, 3, 4])).shape).toEqual([4, 3, 2]);
    expect(transpose(zeros([2, 0, 4])).shape).toEqual([4, 0, 2]);
    expect(transpose([1, 2]).toList()).toEqual([1, 2]);
    expect(transpose(7).toList()).toBe(7);
  });

  it('puts axis order[k] in place k, by a loop', () => {
    fc.assert(
      fc.property(tensorsWithOrder, ([x, order]) => {
        const y = transpose(x, order);
        expect(y.shape).toEqual(order.map((axis) => x.shape[axis]));
        for (const place of positions(y.shape)) {
          const source = x.shape.map((_, axis) => place[order.indexOf(axis)]);
          expect(y.view.get(...place)).toBe(x.view.get(...source));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('twice is nothing', () => {
    fc.assert(fc.property(tensors(), (x) => expectSame(transpose(transpose(x)), x)));
    fc.assert(
      fc.property(tensorsWithOrder, ([x, order]) => {
        const inverse = order.map((_, axis) => order.indexOf(axis));
        expectSame(transpose(transpose(x, order), inverse), x);
      }),
    );
  });

  it('copies nothing, and reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expect(transpose(x).view.data).toBe(x.view.data);
    expectSame(transpose(scattered(x), [1, -1, 0]), transpose(x, [1, 2, 0]));
  });

  it('has the cotangent, transposed back, as its derivative', () => {
    checkDerivatives((x) => transpose(multiply(x, x), [2, 0, 1]), [uniform([2, 3, 1])]);
    checkDerivatives((x) => multiply(transpose(x), x), [uniform([3, 3])]);
    expect(
      gradientsOf(
        (x) => transpose(x),
        [
          [
            [0, 0, 0],
            [0, 0, 0],
          ],
        ],
        [1, 2, 3, 4, 5, 6],
      ),
    ).toEqual([
      [
        [1, 3, 5],
        [2, 4, 6],
      ],
    ]);
  });

  it('says what does not fit', () => {
    expect(() => transpose(zeros([2, 3]), [0])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: transpose: x is [2, 3], order is [0]; wanted an order of all 2 axes. Name each axis once.]`,
    );
    expect(() => transpose(zeros([2, 3]), [0, 0])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: transpose: axes [0, 0], which name axis 0 twice; wanted each axis at most once. Drop the second one.]`,
    );
    expect(() => transpose(zeros([2, 3]), [0, 2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: transpose: axis 2 of a tensor with 2 axes; wanted a whole number from -2 to 1. Name an axis that the tensor has.]`,
    );
    expect(() => transpose(ended())).toThrow('transpose: a tensor of shape [2] whose tape has ended');
  });
});

describe('transposeMatrices', () => {
  it('exchanges the last two axes', () => {
    const x = tensor(uniform([2, 3, 4, 5]));
    expectSame(transposeMatrices(x), transpose(x, [0, 1, 3, 2]));
  });
});
