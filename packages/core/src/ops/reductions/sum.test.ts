import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moderate, tensors } from '../../../test/arbitrary.ts';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { uniform } from '../../../test/numbers.ts';
import { broadcastTo } from '../../tape/chain.ts';
import { full } from '../../tensor/create.ts';
import { multiply } from '../elementwise/multiply.ts';
import { transpose } from '../shape/transpose.ts';
import { sum } from './sum.ts';

describe('sum', () => {
  it('adds over axes, and all by default', () => {
    const x = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect(sum(x).toList()).toBe(21);
    expect(sum(x, { axes: 0 }).toList()).toEqual([5, 7, 9]);
    expect(sum(x, { axes: -1, keepDims: true }).toList()).toEqual([[6], [15]]);
    expect(sum([]).toList()).toBe(0);
    expect(sum([Infinity, -Infinity]).toList()).toBe(Number.NaN);
  });

  it('carries float32 sums in double precision', () => {
    expect(sum(full([2 ** 20], 0.1)).item()).toBe(Math.fround(2 ** 20 * Math.fround(0.1)));
    expect(sum([2 ** 24, 1, 1]).item()).toBe(2 ** 24 + 2);
    expect(
      sum([
        [2 ** 24, 1],
        [1, 0],
      ]).item(),
    ).toBe(2 ** 24 + 2);
  });

  it('is the same for a transpose', () => {
    fc.assert(fc.property(tensors(moderate), (x) => expectClose(sum(transpose(x)), sum(x), 1e-11)));
  });

  it('counts a number that is repeated as often as it is', () => {
    expect(sum(broadcastTo([[1], [2]], [2, 3]), { axes: 1 }).toList()).toEqual([3, 6]);
    expect(sum(broadcastTo(2, [3, 4])).toList()).toBe(24);
  });

  it('passes the cotangent on to every summand', () => {
    checkDerivatives((x) => sum(multiply(x, x), { axes: [0, 2] }), [uniform([2, 3, 2])]);
    checkDerivatives((x) => multiply(x, sum(x, { axes: -1, keepDims: true })), [uniform([2, 3])]);
    expect(
      gradientsOf(
        (x) => sum(x, { axes: 0 }),
        [
          [
            [0, 0],
            [0, 0],
          ],
        ],
        [1, 2],
      ),
    ).toEqual([
      [
        [1, 2],
        [1, 2],
      ],
    ]);
    expect(gradientsOf((x) => sum(x), [[]])).toEqual([[]]);
  });

  it('says what does not fit', () => {
    expect(() => sum([[1]], { axes: [0, 2] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sum: axis 2 of a tensor with 2 axes; wanted a whole number from -2 to 1. Name an axis that the tensor has.]`,
    );
  });
});
