import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf, gradientTensors } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { multiply } from '../elementwise/multiply.ts';
import { sigmoid } from './sigmoid.ts';
import { silu } from './silu.ts';

describe('silu', () => {
  it('is x far above 0, and nothing far below', () => {
    const x = [-Infinity, -800, -0, 0, 800, Infinity, Number.NaN];
    expect(silu(double(x)).toList()).toEqual([-0, -0, -0, 0, 800, Infinity, Number.NaN]);
    expect(silu(x).toList()).toEqual([-0, -0, -0, 0, 800, Infinity, Number.NaN]);
    expect(silu(double([1e308, -1e308])).toList()).toEqual([1e308, -0]);
    expect(silu([]).shape).toEqual([0]);
  });

  it('is x·σ(x)', () => {
    const finite = fc.double({ noDefaultInfinity: true });
    fc.assert(fc.property(tensors(finite), (x) => expectClose(silu(x), multiply(x, sigmoid(x)), 1e-15)));
    expect(silu(double(-100)).item() / (-100 * Math.exp(-100))).toBeCloseTo(1, 14);
  });

  it('agrees in float32 with float64, and so does its gradient', () => {
    const x = double([-3.5, -0.25, 0.5, 2, 6.75]);
    const narrow = tensor(x.toList());
    expectClose(silu(narrow), silu(x), 1e-7);
    expectClose(gradientTensors(silu, [narrow])[0], gradientTensors(silu, [x])[0], 5e-7);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(silu(scattered(x)), silu(x));
  });

  it('has the derivative of its formula', () => {
    checkDerivatives(silu, [[-30, -3, -0.4, 0, 0.5, 2, 30]]);
    checkDerivatives((x) => multiply(silu(x), x), [uniform([3])]);
    expect(gradientsOf(silu, [[-Infinity, -800, 0, 800, Infinity]])).toEqual([[-0, -0, 0.5, 1, 1]]);
  });

  it('names itself in errors', () => {
    expect(messagesOf({ ended: () => silu(ended()) })).toMatchInlineSnapshot(`
      {
        "ended": "TapeError: silu: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
      }
    `);
  });
});
