import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { erf } from './erf.ts';
import { multiply } from './multiply.ts';
import { negate } from './negate.ts';

describe('erf', () => {
  it('runs from -1 through 0 to 1', () => {
    const x = [-Infinity, -800, -0, 0, 800, Infinity, Number.NaN];
    expect(erf(x).toList()).toEqual([-1, -1, -0, 0, 1, 1, Number.NaN]);
    expect(erf(double(0.5)).item()).toBeCloseTo(0.5204998778130465, 15);
    expect(erf([0.5]).toList()).toEqual([Math.fround(0.5204998778130465)]);
    expect(erf([]).shape).toEqual([0]);
  });

  it('is odd: erf(-x) = -erf(x)', () => {
    fc.assert(fc.property(tensors(), (x) => expectSame(erf(negate(x)), negate(erf(x)))));
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(erf(scattered(x)), erf(x));
  });

  it('has the derivative of its formula', () => {
    checkDerivatives(erf, [[-2, -1, -0.3, 0, 0.4, 1, 2.5]]);
    checkDerivatives((x) => multiply(erf(x), x), [uniform([3])]);
    expect(gradientsOf(erf, [[-Infinity, 0, Infinity]])).toEqual([[0, 2 / Math.sqrt(Math.PI), 0]]);
  });

  it('names itself in errors', () => {
    expect(messagesOf({ ended: () => erf(ended()) })).toMatchInlineSnapshot(`
      {
        "ended": "TapeError: erf: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
      }
    `);
  });
});
