import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broadcastingPairs } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { double, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { add } from './add.ts';
import { multiply } from './multiply.ts';

describe('add', () => {
  it('adds element by element, and broadcasts', () => {
    expect(
      add(
        [
          [1, 2],
          [3, 4],
        ],
        [10, 20],
      ).toList(),
    ).toEqual([
      [11, 22],
      [13, 24],
    ]);
    expect(add([[1], [2]], [10, 20]).toList()).toEqual([
      [11, 21],
      [12, 22],
    ]);
    expect(add(1, 2).toList()).toBe(3);
    expect(add(tensor([]), 1).shape).toEqual([0]);
    expect(add([[], []], [[1], [2]]).shape).toEqual([2, 0]);
  });

  it('follows IEEE 754', () => {
    expect(add([-0, -0, Infinity, Number.NaN], [-0, 0, -Infinity, 1]).toList()).toEqual([
      -0,
      0,
      Number.NaN,
      Number.NaN,
    ]);
    expect(add(double([0.1]), double([0.2])).toList()).toEqual([0.1 + 0.2]);
    expect(add([2 ** 24], [1]).toList()).toEqual([2 ** 24]);
  });

  it('does not care for the order', () => {
    fc.assert(fc.property(broadcastingPairs(), ([x, y]) => expectSame(add(x, y), add(y, x))));
  });

  it('passes the cotangent on as it is', () => {
    checkDerivatives(add, [uniform([2, 3]), uniform([3])]);
    checkDerivatives((x) => add(multiply(x, x), x), [uniform([2, 3])]);
    expect(gradientsOf(add, [[1, 2], [3]], [10, 0.5])).toEqual([[10, 0.5], [10.5]]);
    expect(gradientsOf((x) => add(x, x), [[1, 2]])).toEqual([[2, 2]]);
  });

  it('says what does not fit', () => {
    expect(() => add([1, 2], [1, 2, 3])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: add: x is [2], y is [3]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.]`,
    );
    expect(() => add(tensor([1]), double([1]))).toThrowErrorMatchingInlineSnapshot(
      `[DataTypeError: add: x is float32, y is float64; wanted operands of one type. Convert one of them, for example \`cast(y, 'float32')\`.]`,
    );
    expect(() => add(1, ended())).toThrowErrorMatchingInlineSnapshot(
      `[TapeError: add: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.]`,
    );
  });
});
