import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { add } from './add.ts';
import { exp } from './exp.ts';
import { log } from './log.ts';
import { multiply } from './multiply.ts';

const positive = fc.double({ min: 1e-150, max: 1e150, noNaN: true });

describe('log', () => {
  it('is 0 at 1 and 1 at e, in either type', () => {
    expect(log(double([1, Math.E])).toList()).toEqual([0, 1]);
    expect(log([2]).toList()).toEqual([Math.fround(Math.LN2)]);
    expect(log(1).toList()).toBe(0);
    expect(log([]).shape).toEqual([0]);
  });

  it('is -Infinity at 0 and NaN below', () => {
    const x = [-1, -0, 0, Infinity, Number.NaN];
    expect(log(x).toList()).toEqual([Number.NaN, -Infinity, -Infinity, Infinity, Number.NaN]);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4], { low: 0.1 }));
    expectSame(log(scattered(x)), log(x));
  });

  it('is undone by exp', () => {
    fc.assert(
      fc.property(tensors(fc.double({ min: 1e-3, max: 1e3, noNaN: true })), (x) => expectClose(exp(log(x)), x, 1e-14)),
    );
  });

  it('turns products into sums', () => {
    fc.assert(fc.property(tensors(positive, 2), (x) => expectClose(log(multiply(x, x)), add(log(x), log(x)), 1e-12)));
  });

  it('has the derivative of its formula', () => {
    const x = uniform([2, 3], { low: 0.5, high: 3 });
    checkDerivatives(log, [x]);
    checkDerivatives((x) => multiply(log(x), x), [x]);
    expect(gradientsOf(log, [[0, 0.5, 4]])).toEqual([[Infinity, 2, 0.25]]);
  });

  it('names itself in errors', () => {
    expect(() => log(ended())).toThrowErrorMatchingInlineSnapshot(
      `[TapeError: log: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.]`,
    );
  });
});
