import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { uniform } from '../../../test/numbers.ts';
import { multiply } from '../elementwise/multiply.ts';
import { negate } from '../elementwise/negate.ts';
import { max, min } from './extremes.ts';

const x = [
  [1, 3, 2],
  [-1, -5, -Infinity],
];

describe('max', () => {
  it('is the largest over axes, and over all by default', () => {
    expect(max(x).toList()).toBe(3);
    expect(max(x, { axes: 0 }).toList()).toEqual([1, 3, 2]);
    expect(max(x, { axes: 1, keepDims: true }).toList()).toEqual([[3], [-1]]);
    expect(max([]).toList()).toBe(-Infinity);
    expect(max([-0, 0]).toList()).toBe(0);
  });

  it('sends the gradient to the largest', () => {
    checkDerivatives((x) => max(x, { axes: [0, 2] }), [uniform([2, 3, 4])]);
    checkDerivatives((x) => multiply(x, max(x, { axes: -1, keepDims: true })), [uniform([2, 3])]);
    expect(gradientsOf((x) => max(x, { axes: 1 }), [x], [10, 20])).toEqual([
      [
        [0, 10, 0],
        [20, 0, 0],
      ],
    ]);
  });

  it('shares the gradient equally among ties', () => {
    expect(
      gradientsOf(
        (x) => max(x, { axes: 1 }),
        [
          [
            [1, 3, 3, 2],
            [0, -0, 0, 0],
          ],
        ],
        [1, 2],
      ),
    ).toEqual([
      [
        [0, 0.5, 0.5, 0],
        [0.5, 0.5, 0.5, 0.5],
      ],
    ]);
    expect(gradientsOf((x) => max(x), [[[-Infinity, -Infinity]]])).toEqual([[[0.5, 0.5]]]);
  });

  it('gives NaN as the gradient of NaN', () => {
    expect(gradientsOf((x) => max(x), [[1, Number.NaN]])).toEqual([[Number.NaN, Number.NaN]]);
  });

  it('says what does not fit', () => {
    expect(() => max([1], { axes: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: max: axis 1 of a tensor with 1 axis; wanted a whole number from -1 to 0. Name an axis that the tensor has.]`,
    );
  });
});

describe('min', () => {
  it('is the smallest over axes, and over all by default', () => {
    expect(min(x).toList()).toBe(-Infinity);
    expect(min(x, { axes: 0 }).toList()).toEqual([-1, -5, -Infinity]);
    expect(min(x, { axes: 1, keepDims: true }).toList()).toEqual([[1], [-Infinity]]);
    expect(min([]).toList()).toBe(Infinity);
    expect(min([0, -0]).toList()).toBe(-0);
  });

  it('is a maximum turned over', () => {
    fc.assert(fc.property(tensors(), (x) => expectSame(min(x), negate(max(negate(x))))));
  });

  it('sends the gradient to the smallest', () => {
    checkDerivatives((x) => min(x, { axes: 1 }), [uniform([2, 3, 4])]);
    expect(gradientsOf((x) => min(x, { axes: 0 }), [x], [10, 20, 30])).toEqual([
      [
        [0, 0, 0],
        [10, 20, 30],
      ],
    ]);
  });

  it('shares the gradient equally among ties', () => {
    expect(gradientsOf((x) => min(x), [[2, 1, 1, 1, 1]])).toEqual([[0, 0.25, 0.25, 0.25, 0.25]]);
  });

  it('says what does not fit', () => {
    expect(() => min([1], { axes: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: min: axis 1 of a tensor with 1 axis; wanted a whole number from -1 to 0. Name an axis that the tensor has.]`,
    );
  });
});
