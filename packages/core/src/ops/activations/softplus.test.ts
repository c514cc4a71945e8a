import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf, gradientTensors } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { divide } from '../elementwise/divide.ts';
import { multiply } from '../elementwise/multiply.ts';
import { negate } from '../elementwise/negate.ts';
import { subtract } from '../elementwise/subtract.ts';
import { softplus } from './softplus.ts';

const { NaN: nan } = Number;

describe('softplus', () => {
  it('is ln 2 at 0, x far above and nothing far below', () => {
    const x = [-Infinity, -800, -0, 0, 800, Infinity, nan];
    expect(softplus(double(x)).toList()).toEqual([0, 0, Math.LN2, Math.LN2, 800, Infinity, nan]);
    expect(softplus(double(x), { threshold: Infinity }).toList()).toEqual(softplus(double(x)).toList());
    expect(softplus([-800, 0, 800]).toList()).toEqual([0, Math.fround(Math.LN2), 800]);
    expect(softplus([]).shape).toEqual([0]);
  });

  it('keeps its digits in the tail', () => {
    expect(softplus(double(-100)).item()).toBe(Math.exp(-100));
  });

  it('is x apart on the two sides of 0: softplus(x) - softplus(-x) = x', () => {
    fc.assert(
      fc.property(tensors(fc.double({ noNaN: true, noDefaultInfinity: true })), (x) => {
        expectClose(
          subtract(softplus(x, { threshold: Infinity }), softplus(negate(x), { threshold: Infinity })),
          x,
          1e-15,
        );
      }),
    );
  });

  it('is sharper by beta: softplus(x, beta) = softplus(beta·x) / beta', () => {
    const betas = fc.oneof(
      fc.double({ min: 0.1, max: 9, noNaN: true }),
      fc.double({ min: -9, max: -0.1, noNaN: true }),
    );
    fc.assert(
      fc.property(tensors(fc.double({ min: -50, max: 50 })), betas, (x, beta) => {
        expectClose(softplus(x, { beta }), divide(softplus(multiply(beta, x)), beta), 1e-15);
      }),
    );
  });

  it('is x itself above the threshold, and not at it', () => {
    const x = double([0.5, 1, 1.5]);
    const at = softplus(x, { beta: 2, threshold: 2 }).toList();
    expect(at).toEqual(
      [Math.log1p(Math.exp(1)) / 2, Math.log1p(Math.exp(2)) / 2, 1.5].map((y) => expect.closeTo(y, 15)),
    );
    const [slopes] = gradientsOf((x) => softplus(x, { beta: 2, threshold: 2 }), [x]);
    expect(slopes).toEqual([1 / (1 + Math.exp(-1)), 1 / (1 + Math.exp(-2)), 1]);
  });

  it('agrees in float32 with float64, and so does its gradient', () => {
    const x = double([-3.5, -0.25, 0.5, 2, 19.75, 21]);
    const narrow = tensor(x.toList());
    expectClose(softplus(narrow), softplus(x), 1e-7);
    const f = (x: Tensor): Tensor => softplus(x);
    expectClose(gradientTensors(f, [narrow])[0], gradientTensors(f, [x])[0], 1e-7);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(softplus(scattered(x)), softplus(x));
  });

  it('has the derivative of its formula', () => {
    checkDerivatives((x) => softplus(x), [[-30, -3, -0.4, 0, 0.5, 2, 30]]);
    checkDerivatives((x) => multiply(softplus(x, { beta: -1.5 }), x), [uniform([3])]);
    expect(gradientsOf((x) => softplus(x), [[-Infinity, -800, 0, 800, Infinity]])).toEqual([[0, 0, 0.5, 1, 1]]);
  });

  it('says what does not fit', () => {
    expect(
      messagesOf({
        'no beta': () => softplus([1], { beta: 0 }),
        'an infinite beta': () => softplus([1], { beta: Infinity }),
        'no threshold': () => softplus([1], { threshold: nan }),
        'after the end of its tape': () => softplus(ended()),
      }),
    ).toMatchInlineSnapshot(`
      {
        "after the end of its tape": "TapeError: softplus: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
        "an infinite beta": "ValueError: softplus: beta is Infinity, threshold is 20; wanted a finite beta other than 0, and a number for the threshold. Leave them out for 1 and 20.",
        "no beta": "ValueError: softplus: beta is 0, threshold is 20; wanted a finite beta other than 0, and a number for the threshold. Leave them out for 1 and 20.",
        "no threshold": "ValueError: softplus: beta is 1, threshold is NaN; wanted a finite beta other than 0, and a number for the threshold. Leave them out for 1 and 20.",
      }
    `);
  });
});
