import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf, gradientTensors } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { multiply } from '../elementwise/multiply.ts';
import { mish } from './mish.ts';
import { softplus } from './softplus.ts';
import { tanh } from './tanh.ts';

describe('mish', () => {
  it('is x far above 0, and nothing far below', () => {
    const x = [-Infinity, -800, -0, 0, 800, Infinity, Number.NaN];
    expect(mish(double(x)).toList()).toEqual([-0, -0, -0, 0, 800, Infinity, Number.NaN]);
    expect(mish(x).toList()).toEqual([-0, -0, -0, 0, 800, Infinity, Number.NaN]);
    expect(mish([]).shape).toEqual([0]);
  });

  it('is x·tanh(softplus(x))', () => {
    const finite = fc.double({ noDefaultInfinity: true });
    fc.assert(fc.property(tensors(finite), (x) => expectClose(mish(x), multiply(x, tanh(softplus(x))), 1e-15)));
    expect(mish(double([19.9, 20.1])).toList()).toEqual([expect.closeTo(19.9, 14), 20.1]);
  });

  it('agrees in float32 with float64, and so does its gradient', () => {
    const x = double([-3.5, -0.25, 0.5, 2, 6.75]);
    const narrow = tensor(x.toList());
    expectClose(mish(narrow), mish(x), 1e-7);
    expectClose(gradientTensors(mish, [narrow])[0], gradientTensors(mish, [x])[0], 1e-6);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(mish(scattered(x)), mish(x));
  });

  it('has the derivative of its formula', () => {
    checkDerivatives(mish, [[-30, -3, -0.4, 0, 0.5, 2, 30]]);
    checkDerivatives((x) => multiply(mish(x), x), [uniform([3])]);
    expect(gradientsOf(mish, [[-Infinity, -800, 0, 800, Infinity]])).toEqual([[0, 0, expect.closeTo(0.6, 15), 1, 1]]);
  });

  it('names itself in errors', () => {
    expect(messagesOf({ ended: () => mish(ended()) })).toMatchInlineSnapshot(`
      {
        "ended": "TapeError: mish: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
      }
    `);
  });
});
