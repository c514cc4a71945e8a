import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broadcastingPairs } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { double, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { add } from './add.ts';
import { multiply } from './multiply.ts';
import { negate } from './negate.ts';
import { subtract } from './subtract.ts';

describe('subtract', () => {
  it('subtracts element by element, and broadcasts', () => {
    expect(
      subtract(
        [
          [1, 2],
          [3, 4],
        ],
        [[1], [2]],
      ).toList(),
    ).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(subtract(1, 3).toList()).toBe(-2);
    expect(subtract([], [1]).shape).toEqual([0]);
  });

  it('follows IEEE 754', () => {
    const [x, y] = [
      [0, -0, Infinity, Number.NaN],
      [0, 0, Infinity, 1],
    ];
    expect(subtract(x, y).toList()).toEqual([0, -0, Number.NaN, Number.NaN]);
    expect(subtract(double([0.3]), double([0.1])).toList()).toEqual([0.3 - 0.1]);
  });

  it('adds the negative', () => {
    fc.assert(fc.property(broadcastingPairs(), ([x, y]) => expectSame(subtract(x, y), add(x, negate(y)))));
  });

  it('passes the cotangent on, negated to the second', () => {
    checkDerivatives(subtract, [uniform([3]), uniform([2, 1])]);
    checkDerivatives((x) => subtract(multiply(x, x), x), [uniform([2, 3])]);
    expect(gradientsOf(subtract, [[1], [3, 4]], [10, 0.5])).toEqual([[10.5], [-10, -0.5]]);
    expect(gradientsOf((x) => subtract(x, x), [[1, 2]])).toEqual([[0, 0]]);
  });

  it('says what does not fit', () => {
    expect(() => subtract([[1, 2]], [[1, 2, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: subtract: x is [1, 2], y is [1, 3]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.]`,
    );
    expect(() => subtract(double([1]), tensor([1]))).toThrowErrorMatchingInlineSnapshot(
      `[DataTypeError: subtract: x is float64, y is float32; wanted operands of one type. Convert one of them, for example \`cast(y, 'float64')\`.]`,
    );
  });
});
