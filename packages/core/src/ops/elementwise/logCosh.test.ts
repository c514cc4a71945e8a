import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { moderate, tensorsOf } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { add } from './add.ts';
import { exp } from './exp.ts';
import { log } from './log.ts';
import { logCosh } from './logCosh.ts';
import { multiply } from './multiply.ts';
import { negate } from './negate.ts';

describe('logCosh', () => {
  it('is the logarithm of the hyperbolic cosine', () => {
    expectClose(logCosh(double([0, Math.log(2), -Math.log(2)])), [0, Math.log(1.25), Math.log(1.25)], 1e-15);
    fc.assert(
      fc.property(tensorsOf([5], moderate), (x) => {
        expectClose(logCosh(x), log(multiply(0.5, add(exp(x), exp(negate(x))))), 1e-14);
      }),
    );
    expect(logCosh([]).shape).toEqual([0]);
  });

  it('keeps its digits near 0, where it is x²/2 - x⁴/12 + x⁶/45', () => {
    for (const x of [1e-8, 1e-4, 1e-2]) {
      expect(logCosh(double([x])).item() / (x ** 2 / 2 - x ** 4 / 12 + x ** 6 / 45)).toBeCloseTo(1, 11);
    }
  });

  test.each(dataTypes)('does not overflow at the ends of the line, in %s', (dtype) => {
    const x = tensor([-1000, 1000, Infinity, Number.NaN], { dtype });
    expectClose(logCosh(x), [1000 - Math.LN2, 1000 - Math.LN2, Infinity, Number.NaN], 1e-7);
    expect(gradientsOf(logCosh, [x])).toEqual([[-1, 1, 1, Number.NaN]]);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(logCosh(scattered(x)), logCosh(x));
  });

  it('has slope tanh x', () => {
    checkDerivatives(logCosh, [[-30, -3, -0.4, 0, 0.5, 2, 30]]);
    checkDerivatives((x) => multiply(logCosh(x), x), [uniform([3])]);
  });

  it('names itself in errors', () => {
    expect(messagesOf({ ended: () => logCosh(ended()) })).toMatchInlineSnapshot(`
      {
        "ended": "TapeError: logCosh: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
      }
    `);
  });
});
