import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { scattered, uniform } from '../../../test/numbers.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { multiply } from '../elementwise/multiply.ts';
import { reshape } from './reshape.ts';
import { transpose } from './transpose.ts';

describe('reshape', () => {
  it('reads the same numbers by another shape', () => {
    expect(reshape([1, 2, 3, 4, 5, 6], [2, 3]).toList()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(
      reshape(
        [
          [1, 2],
          [3, 4],
        ],
        [4],
      ).toList(),
    ).toEqual([1, 2, 3, 4]);
    expect(reshape([[5]], []).toList()).toBe(5);
    expect(reshape(5, [1, 1]).toList()).toEqual([[5]]);
    expect(reshape([-0, Number.NaN], [2, 1]).toList()).toEqual([[-0], [Number.NaN]]);
  });

  it('works out one length', () => {
    expect(reshape(zeros([4, 6]), [3, -1, 2]).shape).toEqual([3, 4, 2]);
    expect(reshape(zeros([0, 6]), [-1, 3]).shape).toEqual([0, 3]);
    expect(reshape(5, [-1]).shape).toEqual([1]);
  });

  it('gives empty tensors any empty shape', () => {
    expect(reshape(zeros([0, 3]), [5, 0, 2]).shape).toEqual([5, 0, 2]);
  });

  it('copies nothing that lies in order, and reads views in their own order', () => {
    const x = tensor(uniform([2, 3, 4]));
    expect(reshape(x, [4, 6]).view.data).toBe(x.view.data);
    expectSame(reshape(scattered(x), [4, 6]), reshape(x, [4, 6]));
    expect(
      reshape(
        transpose([
          [1, 2],
          [3, 4],
        ]),
        [4],
      ).toList(),
    ).toEqual([1, 3, 2, 4]);
  });

  it('goes there and back', () => {
    fc.assert(fc.property(tensors(), (x) => expectSame(reshape(reshape(x, [x.size]), x.shape), x)));
  });

  it('has the reshaped cotangent as its derivative', () => {
    checkDerivatives((x) => reshape(multiply(x, x), [3, 2]), [uniform([2, 3])]);
    checkDerivatives((x) => multiply(reshape(x, [6]), reshape(transpose(x), [-1])), [uniform([2, 3])]);
    expect(
      gradientsOf(
        (x) => reshape(x, [4]),
        [
          [
            [0, 0],
            [0, 0],
          ],
        ],
        [1, 2, 3, 4],
      ),
    ).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
    ]);
  });

  it('says what does not fit', () => {
    expect(() => reshape([1, 2, 3], [2, 2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reshape: x is [3] with 3 numbers, shape is [2, 2]; wanted a shape of 3 numbers, with at most one -1. Put -1 for the length that is to be worked out.]`,
    );
    expect(() => reshape(zeros([2, 3]), [4, -1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reshape: x is [2, 3] with 6 numbers, shape is [4, -1]; wanted a shape of 6 numbers, with at most one -1. Put -1 for the length that is to be worked out.]`,
    );
    expect(() => reshape([1, 2], [-1, -1])).toThrow('x is [2] with 2 numbers, shape is [-1, -1]');
    expect(() => reshape([1, 2], [-2, -1])).toThrow('shape is [-2, -1]');
    expect(() => reshape([1, 2], [0.5, 4])).toThrow('shape is [0.5, 4]');
    expect(() => reshape(zeros([0, 3]), [0, -1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reshape: x is [0, 3] with 0 numbers, shape is [0, -1]; wanted a shape of 0 numbers, with at most one -1. Put -1 for the length that is to be worked out.]`,
    );
    expect(() => reshape(ended(), [2])).toThrow('reshape: a tensor of shape [2] whose tape has ended');
  });
});
