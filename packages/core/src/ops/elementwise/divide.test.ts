import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broadcastingPairs } from '../../../test/arbitrary.ts';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { double, uniform } from '../../../test/numbers.ts';
import { broadcastTo } from '../../tape/chain.ts';
import { tensor } from '../../tensor/create.ts';
import { divide } from './divide.ts';
import { multiply } from './multiply.ts';

describe('divide', () => {
  it('divides element by element, and broadcasts', () => {
    expect(
      divide(
        [
          [1, 2],
          [3, 4],
        ],
        [[2], [4]],
      ).toList(),
    ).toEqual([
      [0.5, 1],
      [0.75, 1],
    ]);
    expect(divide(1, 4).toList()).toBe(0.25);
    expect(divide([], [4]).shape).toEqual([0]);
  });

  it('follows IEEE 754, by 0 too', () => {
    expect(divide([1, 1, 0, -1, Infinity], [0, -0, 0, Infinity, Infinity]).toList()).toEqual([
      Infinity,
      -Infinity,
      Number.NaN,
      -0,
      Number.NaN,
    ]);
    expect(divide(double([1]), double([3])).toList()).toEqual([1 / 3]);
    expect(divide([1], [3]).toList()).toEqual([Math.fround(1 / 3)]);
  });

  it('is undone by multiply', () => {
    fc.assert(
      fc.property(broadcastingPairs(fc.double({ min: 0.01, max: 100, noNaN: true })), ([x, y]) => {
        const quotient = divide(x, y);
        expectClose(multiply(quotient, y), broadcastTo(x, quotient.shape), 1e-15);
      }),
    );
  });

  it('has the derivative of its formula', () => {
    const [x, y] = [uniform([2, 3]), uniform([3], { low: 0.5, high: 2 })];
    checkDerivatives(divide, [x, y]);
    checkDerivatives((x, y) => divide(multiply(x, y), divide(y, multiply(x, x))), [x, y]);
    checkDerivatives((y) => divide(y, multiply(y, y)), [y]);
    expect(gradientsOf(divide, [[6], [2]])).toEqual([[0.5], [-1.5]]);
    expect(gradientsOf((x) => divide(x, x), [[2, 3]])).toEqual([[0, 0]]);
  });

  it('is infinitely steep at 0', () => {
    expect(gradientsOf(divide, [[1], [0]])).toEqual([[Infinity], [-Infinity]]);
  });

  it('says what does not fit', () => {
    expect(() => divide([1, 2], [[1, 2, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: divide: x is [2], y is [1, 3]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.]`,
    );
    expect(() => divide(tensor([1]), double([1]))).toThrowErrorMatchingInlineSnapshot(
      `[DataTypeError: divide: x is float32, y is float64; wanted operands of one type. Convert one of them, for example \`cast(y, 'float32')\`.]`,
    );
  });
});
