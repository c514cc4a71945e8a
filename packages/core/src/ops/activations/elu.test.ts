import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { gradcheck } from '../../check/gradcheck.ts';
import { tensor } from '../../tensor/create.ts';
import { multiply } from '../elementwise/multiply.ts';
import { elu, selu } from './elu.ts';

const { NaN: nan } = Number;
const [alpha, scale] = [1.6732632423543772, 1.0507009873554805];

describe('elu', () => {
  it('is x above 0, and bends towards -alpha below', () => {
    const x = [-Infinity, -800, -0, 0, 1.5, 800, Infinity, nan];
    expect(elu(x).toList()).toEqual([-1, -1, -0, 0, 1.5, 800, Infinity, nan]);
    expect(elu(x, { alpha: 2.5 }).toList()).toEqual([-2.5, -2.5, -0, 0, 1.5, 800, Infinity, nan]);
    expect(elu(double(-Math.LN2)).item()).toBeCloseTo(-0.5, 15);
    expect(elu([-1]).toList()).toEqual([Math.fround(Math.expm1(-1))]);
    expect(elu([]).shape).toEqual([0]);
  });

  it('keeps all digits near 0', () => {
    expect(elu(double(-1e-12)).item()).toBe(Math.expm1(-1e-12));
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(elu(scattered(x)), elu(x));
  });

  it('has the derivative of its formula', () => {
    checkDerivatives((x) => elu(x), [[-3, -0.4, 0.5, 2]]);
    checkDerivatives((x) => multiply(elu(x, { alpha: 1.5 }), x), [[-3, -0.4, 0.5, 2]]);
    expect(gradientsOf((x) => elu(x), [[-Infinity, -800, 800, Infinity]])).toEqual([[0, 0, 1, 1]]);
  });

  it('keeps all digits of a slope that is almost 0', () => {
    expect(gradientsOf((x) => elu(x, { alpha: 2 }), [[-40]])).toEqual([[2 * Math.exp(-40)]]);
  });

  it('has the slope alpha at the kink', () => {
    expect(gradientsOf((x) => elu(x, { alpha: 1.5 }), [[-0, 0, 1]])).toEqual([[1.5, 1.5, 1]]);
    expect(gradcheck((x) => elu(x, { alpha: 1.5 }), [[0]]).kinks).toHaveLength(3);
  });

  it('says what does not fit', () => {
    expect(
      messagesOf({
        'no alpha': () => elu([1], { alpha: nan }),
        'after the end of its tape': () => elu(ended()),
      }),
    ).toMatchInlineSnapshot(`
      {
        "after the end of its tape": "TapeError: elu: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
        "no alpha": "ValueError: elu: alpha is NaN; wanted a finite number. Leave it out for 1.",
      }
    `);
  });
});

describe('selu', () => {
  it('is a multiple of elu', () => {
    fc.assert(fc.property(tensors(), (x) => expectClose(selu(x), multiply(scale, elu(x, { alpha })), 1e-15)));
    expect(selu(double([-Infinity, 0, 1, Infinity, nan])).toList()).toEqual([-scale * alpha, 0, scale, Infinity, nan]);
    expect(selu([]).shape).toEqual([0]);
  });

  it('has a fixed point: mean 0 and variance 1 stay', () => {
    // The integrals of selu(z) and selu(z)² under the normal density, by Simpson's rule on [-12, 12].
    const [step, steps] = [1e-3, 24_000];
    const z = Array.from({ length: steps + 1 }, (_, n) => -12 + n * step);
    const y = selu(double(z)).toFlatArray();
    const moment = (power: number): number =>
      z.reduce((total, at, n) => {
        const weight = n === 0 || n === steps ? 1 : n % 2 === 1 ? 4 : 2;
        return total + (weight * step * y[n] ** power * Math.exp((-at * at) / 2)) / (3 * Math.sqrt(2 * Math.PI));
      }, 0);
    expect(moment(1)).toBeCloseTo(0, 6);
    expect(moment(2)).toBeCloseTo(1, 6);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(selu(scattered(x)), selu(x));
  });

  it('has the derivative of its formula', () => {
    checkDerivatives(selu, [[-3, -0.4, 0.5, 2]]);
    expect(gradientsOf(selu, [[-Infinity, -800, 800, Infinity]])).toEqual([[0, 0, scale, scale]]);
  });

  it('has the slope of its lower half at the kink', () => {
    expect(gradientsOf(selu, [[-0, 0]])).toEqual([[scale * alpha, scale * alpha]]);
  });

  it('names itself in errors', () => {
    expect(messagesOf({ ended: () => selu(ended()) })).toMatchInlineSnapshot(`
      {
        "ended": "TapeError: selu: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
      }
    `);
  });
});
