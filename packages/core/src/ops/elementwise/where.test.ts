import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broadcastingPairs } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { greater } from './compare.ts';
import { log } from './log.ts';
import { maximum } from './maximum.ts';
import { multiply } from './multiply.ts';
import { where } from './where.ts';

const { NaN: nan } = Number;

describe('where', () => {
  it('takes x where the condition is not 0, else y', () => {
    expect(where([1, 0, -2, -0, nan], [1, 2, 3, 4, 5], 9).toList()).toEqual([1, 9, 3, 9, 5]);
    expect(where([[1], [0]], [1, 2], [[3]]).toList()).toEqual([
      [1, 2],
      [3, 3],
    ]);
    expect(where(1, nan, 2).toList()).toBe(nan);
    expect(where([], 1, 2).shape).toEqual([0]);
    expect(where(double(0), 1, 0.1).toList()).toBe(0.1);
  });

  it('reads views', () => {
    const [condition, x, y] = [
      [3, 4],
      [2, 1, 1],
      [3, 1],
    ].map((shape, seed) => tensor(uniform(shape, { seed })));
    const test = greater(condition, 0);
    expectSame(where(scattered(test), scattered(x), scattered(y)), where(test, x, y));
  });

  it('makes a maximum of a comparison', () => {
    const numbers = fc.double({ noNaN: true }).map((x) => x + 0);
    fc.assert(
      fc.property(broadcastingPairs(numbers), ([x, y]) => expectSame(where(greater(x, y), x, y), maximum(x, y))),
    );
  });

  it('sends the gradient to the side taken', () => {
    const test = [
      [1, 0, 0],
      [1, 1, 0],
    ];
    const choose = (x: Tensor, y: Tensor): Tensor => where(test, x, y);
    checkDerivatives(choose, [uniform([3]), uniform([2, 1])]);
    checkDerivatives((x) => where(test, multiply(x, x), x), [uniform([2, 3])]);
    expect(
      gradientsOf(choose, [
        [1, 2, 3],
        [[4], [5]],
      ]),
    ).toEqual([
      [2, 1, 0],
      [[2], [1]],
    ]);
  });

  it('gives the side not taken exactly 0, whatever is there', () => {
    const choose = (x: Tensor, y: Tensor): Tensor => where([1, 0], x, y);
    expect(
      gradientsOf(
        choose,
        [
          [1, nan],
          [nan, Infinity],
        ],
        [nan, Infinity],
      ),
    ).toEqual([
      [nan, 0],
      [0, Infinity],
    ]);
    expect(gradientsOf((x) => where(greater(x, 0), x, multiply(x, 2)), [[-1, 1, nan]])).toEqual([[2, 1, 2]]);
  });

  it('sends exactly 0 through an infinite slope on the side that is not taken', () => {
    expect(gradientsOf((x) => where(greater(x, 0), log(x), 0), [[0, 2]])).toEqual([[0, 0.5]]);
    const safe = (x: Tensor): Tensor => where(greater(x, 0), log(where(greater(x, 0), x, 1)), 0);
    expect(gradientsOf(safe, [[0, 2]])).toEqual([[0, 0.5]]);
  });

  it('gives the condition no gradient', () => {
    expect(() => gradientsOf((condition) => where(condition, 1, 2), [[1]])).toThrow(
      'to which none of the tensors in withRespectTo leads',
    );
  });

  it('says what does not fit', () => {
    expect(() => where([1, 0], [1, 2, 3], 0)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: where: condition is [2], x is [3], y is []; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.]`,
    );
    expect(() => where([1], tensor([1]), double([1]))).toThrowErrorMatchingInlineSnapshot(
      `[DataTypeError: where: x is float32, y is float64; wanted operands of one type. Convert one of them, for example \`cast(y, 'float32')\`.]`,
    );
    expect(() => where(tensor([1]), double([1]), 0)).toThrowErrorMatchingInlineSnapshot(
      `[DataTypeError: where: condition is float32, x is float64; wanted operands of one type. Convert one of them, for example \`cast(x, 'float32')\`.]`,
    );
  });
});
