import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf, gradientTensors } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { divide } from '../elementwise/divide.ts';
import { erf } from '../elementwise/erf.ts';
import { multiply } from '../elementwise/multiply.ts';
import { negate } from '../elementwise/negate.ts';
import { pow } from '../elementwise/pow.ts';
import { subtract } from '../elementwise/subtract.ts';
import { type GeluOptions, gelu } from './gelu.ts';
import { tanh } from './tanh.ts';

const finite = fc.double({ min: -12, max: 12, noNaN: true });

describe.each<GeluOptions>([{ approximate: 'none' }, { approximate: 'tanh' }])('gelu, %o', (options) => {
  const f = (x: Tensor): Tensor => gelu(x, options);

  it('is x far above 0, and nothing far below', () => {
    const x = double([-Infinity, -800, -0, 0, 800, Infinity, Number.NaN]);
    expect(f(x).toList()).toEqual([-0, -0, -0, 0, 800, Infinity, Number.NaN]);
    expect(f(tensor([-800, 800, 3e38, -3e38])).toList()).toEqual([-0, 800, Math.fround(3e38), -0]);
    expect(f(tensor([])).shape).toEqual([0]);
  });

  it('is x apart on the two sides of 0: gelu(x) - gelu(-x) = x', () => {
    fc.assert(fc.property(tensors(finite), (x) => expectClose(subtract(f(x), f(negate(x))), x, 1e-15)));
  });

  it('agrees in float32 with float64, and so does its gradient', () => {
    const x = double([-3.5, -0.25, 0.5, 2, 6.75]);
    const narrow = tensor(x.toList());
    expectClose(f(narrow), f(x), 2e-7);
    expectClose(gradientTensors(f, [narrow])[0], gradientTensors(f, [x])[0], 2e-6);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(f(scattered(x)), f(x));
  });

  it('has the derivative of its formula', () => {
    checkDerivatives(f, [[-3, -1, -0.4, 0, 0.5, 2, 4]]);
    checkDerivatives((x) => multiply(f(x), x), [uniform([3])]);
  });

  it('has the slopes 0 and 1 far out', () => {
    const x = [-Infinity, -800, -50, 0, 50, 800, Infinity];
    expect(gradientsOf(f, [x])).toEqual([[0, 0, 0, 0.5, 1, 1, 1].map((slope) => expect.closeTo(slope, 15))]);
    expect(gradientsOf(f, [tensor(x)])).toEqual([[0, 0, 0, 0.5, 1, 1, 1].map((slope) => expect.closeTo(slope, 15))]);
  });
});

describe('the exact gelu', () => {
  it('is ½·x·(1 + erf(x/√2))', () => {
    fc.assert(
      fc.property(tensors(finite), (x) => {
        expectClose(gelu(x), multiply(multiply(0.5, x), add(1, erf(divide(x, Math.SQRT2)))), 1e-15);
      }),
    );
  });

  it('keeps its digits in the tail, where 1 + erf has lost them', () => {
    // x·Φ(x) by mpmath, with 50 digits before rounding.
    const known: [number, number][] = [
      [-1, -0.15865525393145705],
      [-5, -1.4332578593959695e-6],
      [-10, -7.619853024160526e-23],
      [-30, -1.472014178144456e-196],
      [-37, -2.1184613523340935e-298],
    ];
    for (const [x, y] of known) expect(gelu(double(x)).item() / y).toBeCloseTo(1, 14);
  });
});

describe('gelu by tanh', () => {
  it('is ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))', () => {
    fc.assert(
      fc.property(tensors(finite), (x) => {
        const u = multiply(Math.sqrt(2 / Math.PI), add(x, multiply(0.044715, pow(x, 3))));
        expectClose(gelu(x, { approximate: 'tanh' }), multiply(multiply(0.5, x), add(1, tanh(u))), 2e-15);
      }),
    );
  });

  it('is less than a thousandth off', () => {
    const x = double(Array.from({ length: 121 }, (_, n) => (n - 60) / 10));
    const gaps = subtract(gelu(x), gelu(x, { approximate: 'tanh' }))
      .toFlatArray()
      .map(Math.abs);
    expect(Math.max(...gaps)).toBeLessThan(5e-4);
    expect(Math.max(...gaps)).toBeGreaterThan(4e-4);
  });
});

it('says what does not fit', () => {
  const options: object = { approximate: 'sigmoid' };
  expect(
    messagesOf({
      'another approximation': () => gelu([1], options),
      'after the end of its tape': () => gelu(ended()),
    }),
  ).toMatchInlineSnapshot(`
    {
      "after the end of its tape": "TapeError: gelu: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
      "another approximation": "ValueError: gelu: approximate is "sigmoid"; wanted 'none' or 'tanh'. Leave it out for the exact function.",
    }
  `);
});
