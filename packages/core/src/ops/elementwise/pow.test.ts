import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { double, uniform } from '../../../test/numbers.ts';
import { gradgradcheck } from '../../check/gradgradcheck.ts';
import { tensor } from '../../tensor/create.ts';
import { multiply } from './multiply.ts';
import { pow } from './pow.ts';
import { square } from './square.ts';

const { NaN: nan } = Number;

describe('pow', () => {
  it('raises element by element, and broadcasts', () => {
    expect(
      pow(
        [
          [1, 2],
          [3, 4],
        ],
        [[2], [0.5]],
      ).toList(),
    ).toEqual([
      [1, 4],
      [Math.fround(Math.sqrt(3)), 2],
    ]);
    expect(pow(double(2), -2).toList()).toBe(0.25);
    expect(pow([], 2).shape).toEqual([0]);
  });

  it('is NaN for a negative base and a fractional exponent', () => {
    expect(pow([-8, -2, -2], [1 / 3, 3, -1]).toList()).toEqual([nan, -8, -0.5]);
  });

  it('has the ends of C', () => {
    expect(pow([0, -0, nan, Infinity], 0).toList()).toEqual([1, 1, 1, 1]);
    expect(pow(1, [nan, Infinity, -Infinity]).toList()).toEqual([1, 1, 1]);
    expect(pow(-1, [Infinity, -Infinity, nan]).toList()).toEqual([1, 1, nan]);
    expect(pow([0, -0, 0.5, 2, -Infinity], [-1, -1, Infinity, Infinity, 3]).toList()).toEqual([
      Infinity,
      -Infinity,
      0,
      Infinity,
      -Infinity,
    ]);
  });

  it('to the second is the square', () => {
    fc.assert(fc.property(tensors(), (x) => expectSame(pow(x, 2), square(x))));
  });

  it('adds exponents', () => {
    const base = fc.double({ min: 0.1, max: 10, noNaN: true });
    fc.assert(
      fc.property(tensors(base, 2), (x) => expectClose(multiply(pow(x, 1.5), pow(x, -0.7)), pow(x, 0.8), 1e-14)),
    );
  });

  it('has the derivatives of its formula', () => {
    const [x, y] = [uniform([2, 3], { low: 0.5, high: 2 }), uniform([3], { low: -2, high: 3 })];
    checkDerivatives(pow, [x, y]);
    checkDerivatives((x) => pow(x, x), [x]);
    checkDerivatives((x) => pow(x, 3), [uniform([4])]);
    checkDerivatives((x) => pow(x, [2, -1, 0, 1]), [[-2, -0.5, 0.5, 3]]);
  });

  it('has slope 0 in x to the power of 0, even at 0', () => {
    expect(gradientsOf((x) => pow(x, 0), [[-2, 0, 1e-320, 3, Infinity, nan]])).toEqual([[-0, 0, 0, 0, 0, 0]]);
    expect(gradientsOf((x) => pow(x, [1, 2, 0.5]), [[0, 0, 0]])).toEqual([[1, 0, Infinity]]);
  });

  it('keeps the mixed second derivative 1/x at an exponent of 0', () => {
    gradgradcheck(pow, [
      [0.5, 2, 3],
      [0, 0, 0],
    ]);
  });

  it('has slope 0 in the exponent where x is 0 and stays 0', () => {
    expect(gradientsOf((y) => pow(0, y), [[0, 1, 2]])).toEqual([[0, 0, 0]]);
    expect(gradientsOf((y) => pow(0, y), [[-1]])).toEqual([[-Infinity]]);
    expect(gradientsOf((y) => pow(-2, y), [[2]])).toEqual([[nan]]);
  });

  it('says what does not fit', () => {
    expect(() => pow([1, 2], [1, 2, 3])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: pow: x is [2], y is [3]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.]`,
    );
    expect(() => pow(tensor([1]), double([1]))).toThrowErrorMatchingInlineSnapshot(
      `[DataTypeError: pow: x is float32, y is float64; wanted operands of one type. Convert one of them, for example \`cast(y, 'float32')\`.]`,
    );
  });
});
