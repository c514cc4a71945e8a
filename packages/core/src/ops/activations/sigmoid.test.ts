import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { multiply } from '../elementwise/multiply.ts';
import { negate } from '../elementwise/negate.ts';
import { subtract } from '../elementwise/subtract.ts';
import { sigmoid } from './sigmoid.ts';

describe('sigmoid', () => {
  it('is ½ at 0, in either type', () => {
    expect(sigmoid([-0, 0]).toList()).toEqual([0.5, 0.5]);
    expect(sigmoid(double(Math.log(3))).item()).toBeCloseTo(0.75, 14);
    expect(sigmoid([1]).toList()).toEqual([Math.fround(1 / (1 + Math.exp(-1)))]);
    expect(sigmoid([]).shape).toEqual([0]);
  });

  it('does not overflow on either side', () => {
    const x = [-Infinity, -1e3, -800, 800, 1e3, Infinity, Number.NaN];
    expect(sigmoid(x).toList()).toEqual([0, 0, 0, 1, 1, 1, Number.NaN]);
    expect(sigmoid(double(-720)).item()).toBe(Math.exp(-720));
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(sigmoid(scattered(x)), sigmoid(x));
  });

  it('is symmetric: σ(-x) = 1 - σ(x)', () => {
    fc.assert(fc.property(tensors(), (x) => expectClose(sigmoid(negate(x)), subtract(1, sigmoid(x)), 1e-15)));
  });

  it('has the derivative of its formula', () => {
    checkDerivatives(sigmoid, [uniform([2, 3], { low: -3, high: 3 })]);
    checkDerivatives((x) => multiply(sigmoid(x), x), [uniform([3])]);
    expect(gradientsOf(sigmoid, [[-1e3, 0, 1e3]])).toEqual([[0, 0.25, 0]]);
  });

  it('names itself in errors', () => {
    expect(() => sigmoid(ended())).toThrowErrorMatchingInlineSnapshot(
      `[TapeError: sigmoid: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.]`,
    );
  });
});
