import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broadcastingPairs } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { double, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { multiply } from './multiply.ts';

describe('multiply', () => {
  it('multiplies element by element, and broadcasts', () => {
    expect(
      multiply(
        [
          [1, 2],
          [3, 4],
        ],
        [[10], [0.5]],
      ).toList(),
    ).toEqual([
      [10, 20],
      [1.5, 2],
    ]);
    expect(multiply(2, 3).toList()).toBe(6);
    expect(multiply([], 3).shape).toEqual([0]);
  });

  it('follows IEEE 754', () => {
    expect(multiply([-1, 0, Number.NaN, 1e30], [0, Infinity, 0, 1e30]).toList()).toEqual([
      -0,
      Number.NaN,
      Number.NaN,
      Infinity,
    ]);
    expect(multiply(double([1e30]), double([1e30])).toList()).toEqual([1e30 * 1e30]);
  });

  it('does not care for the order', () => {
    fc.assert(fc.property(broadcastingPairs(), ([x, y]) => expectSame(multiply(x, y), multiply(y, x))));
  });

  it('has the other factor as its slope', () => {
    checkDerivatives(multiply, [uniform([2, 3]), uniform([2, 1], { seed: 2 })]);
    checkDerivatives((x, y) => multiply(multiply(x, y), x), [uniform([2, 3]), uniform([], { seed: 2 })]);
    expect(gradientsOf(multiply, [[2, 3], [5]], [1, 10])).toEqual([[5, 50], [32]]);
    expect(gradientsOf((x) => multiply(x, x), [[2, 3]])).toEqual([[4, 6]]);
  });

  it('says what does not fit', () => {
    expect(() => multiply([[1], [2]], [[1], [2], [3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: multiply: x is [2, 1], y is [3, 1]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.]`,
    );
    expect(() => multiply(tensor([1]), double([1]))).toThrowErrorMatchingInlineSnapshot(
      `[DataTypeError: multiply: x is float32, y is float64; wanted operands of one type. Convert one of them, for example \`cast(y, 'float32')\`.]`,
    );
  });
});
