import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broadcastingPairs } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { double } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { maximum, minimum } from './maximum.ts';
import { multiply } from './multiply.ts';
import { negate } from './negate.ts';

const [x, y] = [
  [1, 3, -0, 0, -Infinity, Number.NaN, 1],
  [2, 2, 0, -0, Infinity, 1, Number.NaN],
];

describe('maximum', () => {
  it('is the larger, with 0 above -0, and NaN where one is', () => {
    expect(maximum(x, y).toList()).toEqual([2, 3, 0, 0, Infinity, Number.NaN, Number.NaN]);
    expect(maximum([[1], [2]], [0, 1.5]).toList()).toEqual([
      [1, 1.5],
      [2, 2],
    ]);
    expect(maximum(double(0.1), 0).toList()).toBe(0.1);
    expect(maximum([], 1).shape).toEqual([0]);
  });

  it('does not care for the order', () => {
    fc.assert(fc.property(broadcastingPairs(), ([x, y]) => expectSame(maximum(x, y), maximum(y, x))));
  });

  it('sends the gradient to the larger', () => {
    checkDerivatives(maximum, [[[1, -2, 3]], [[0.5], [2]]]);
    checkDerivatives((x) => maximum(multiply(x, x), x), [[-1, 0.5, 2]]);
    expect(
      gradientsOf(
        maximum,
        [
          [1, 3],
          [2, 2],
        ],
        [10, 20],
      ),
    ).toEqual([
      [0, 20],
      [10, 0],
    ]);
  });

  it('shares the gradient of equals by halves', () => {
    expect(
      gradientsOf(maximum, [
        [1, -0, Infinity],
        [1, 0, Infinity],
      ]),
    ).toEqual([
      [0.5, 0.5, 0.5],
      [0.5, 0.5, 0.5],
    ]);
    expect(gradientsOf((x) => maximum(x, x), [[1, 2]])).toEqual([[1, 1]]);
  });

  it('says what does not fit', () => {
    expect(() => maximum([1, 2], [1, 2, 3])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maximum: x is [2], y is [3]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.]`,
    );
    expect(() => maximum(tensor([1]), double([1]))).toThrowErrorMatchingInlineSnapshot(
      `[DataTypeError: maximum: x is float32, y is float64; wanted operands of one type. Convert one of them, for example \`cast(y, 'float32')\`.]`,
    );
  });
});

describe('minimum', () => {
  it('is the smaller, with -0 below 0, and NaN where one is', () => {
    expect(minimum(x, y).toList()).toEqual([1, 2, -0, -0, -Infinity, Number.NaN, Number.NaN]);
    expect(minimum(1, 2).toList()).toBe(1);
    expect(minimum([], 1).shape).toEqual([0]);
  });

  it('is a maximum turned over', () => {
    fc.assert(
      fc.property(broadcastingPairs(), ([x, y]) => expectSame(minimum(x, y), negate(maximum(negate(x), negate(y))))),
    );
  });

  it('sends the gradient to the smaller', () => {
    checkDerivatives(minimum, [[[1, -2, 3]], [[0.5], [2]]]);
    checkDerivatives((x) => minimum(multiply(x, x), x), [[-1, 0.5, 2]]);
    expect(
      gradientsOf(
        minimum,
        [
          [1, 3],
          [2, 2],
        ],
        [10, 20],
      ),
    ).toEqual([
      [10, 0],
      [0, 20],
    ]);
  });

  it('shares the gradient of equals by halves', () => {
    expect(
      gradientsOf(minimum, [
        [1, -0],
        [1, 0],
      ]),
    ).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
  });

  it('says what does not fit', () => {
    expect(() => minimum([1, 2], [1, 2, 3])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: minimum: x is [2], y is [3]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.]`,
    );
  });
});
