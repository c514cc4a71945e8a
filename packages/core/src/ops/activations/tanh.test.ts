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
import { tanh } from './tanh.ts';

describe('tanh', () => {
  it('lies between -1 and 1, in either type', () => {
    expect(tanh(double(Math.log(2))).item()).toBeCloseTo(0.6, 14);
    expect(tanh([1]).toList()).toEqual([Math.fround(Math.tanh(1))]);
    expect(tanh([]).shape).toEqual([0]);
  });

  it('does not overflow on either side', () => {
    const x = [-Infinity, -1e3, -0, 0, 1e3, Infinity, Number.NaN];
    expect(tanh(x).toList()).toEqual([-1, -1, -0, 0, 1, 1, Number.NaN]);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(tanh(scattered(x)), tanh(x));
  });

  it('is odd, and a sigmoid of twice the slope: tanh x = 2σ(2x) - 1', () => {
    fc.assert(
      fc.property(tensors(), (x) => {
        expectSame(tanh(negate(x)), negate(tanh(x)));
        expectClose(tanh(x), subtract(multiply(2, sigmoid(multiply(2, x))), 1), 1e-15);
      }),
    );
  });

  it('has the derivative of its formula', () => {
    checkDerivatives(tanh, [uniform([2, 3], { low: -2, high: 2 })]);
    checkDerivatives((x) => multiply(tanh(x), x), [uniform([3])]);
    expect(gradientsOf(tanh, [[-1e3, 0, 1e3]])).toEqual([[0, 1, 0]]);
  });

  it('names itself in errors', () => {
    expect(() => tanh(ended())).toThrowErrorMatchingInlineSnapshot(
      `[TapeError: tanh: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.]`,
    );
  });
});
