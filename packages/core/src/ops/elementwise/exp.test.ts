import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moderate, tensors } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { exp } from './exp.ts';
import { log } from './log.ts';
import { multiply } from './multiply.ts';

describe('exp', () => {
  it('is 1 at 0 and e at 1, in either type', () => {
    expect(exp(double([0, -0, 1])).toList()).toEqual([1, 1, Math.E]);
    expect(exp([1]).toList()).toEqual([Math.fround(Math.E)]);
    expect(exp(0).toList()).toBe(1);
    expect(exp([[], []]).shape).toEqual([2, 0]);
  });

  it('ends in 0 and Infinity', () => {
    const x = [-Infinity, -1e3, 1e3, Infinity, Number.NaN];
    expect(exp(double(x)).toList()).toEqual([0, 0, Infinity, Infinity, Number.NaN]);
    expect(exp([-800, 88, 89]).toList()).toEqual([0, Math.fround(Math.exp(88)), Infinity]);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(exp(scattered(x)), exp(x));
  });

  it('is undone by log', () => {
    fc.assert(fc.property(tensors(moderate), (x) => expectClose(log(exp(x)), x, 1e-12)));
  });

  it('has itself as its slope', () => {
    checkDerivatives(exp, [uniform([2, 3])]);
    checkDerivatives((x) => multiply(exp(x), x), [uniform([3], { seed: 2 })]);
    expect(gradientsOf(exp, [[-1e3, 0, 1e3]])).toEqual([[0, 1, Infinity]]);
  });

  it('names itself in errors', () => {
    expect(() => exp(ended())).toThrowErrorMatchingInlineSnapshot(
      `[TapeError: exp: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.]`,
    );
  });
});
