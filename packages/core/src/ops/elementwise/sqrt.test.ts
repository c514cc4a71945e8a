import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { multiply } from './multiply.ts';
import { sqrt } from './sqrt.ts';
import { square } from './square.ts';

describe('sqrt', () => {
  it('is the root, in either type', () => {
    expect(
      sqrt([
        [0, 1],
        [4, 9],
      ]).toList(),
    ).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(sqrt([2]).toList()).toEqual([Math.fround(Math.SQRT2)]);
    expect(sqrt(double(2)).toList()).toBe(Math.SQRT2);
    expect(sqrt([]).shape).toEqual([0]);
  });

  it('is NaN below 0', () => {
    expect(sqrt([-1, -0, Infinity, Number.NaN]).toList()).toEqual([Number.NaN, -0, Infinity, Number.NaN]);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4], { low: 0 }));
    expectSame(sqrt(scattered(x)), sqrt(x));
  });

  it('is undone by square', () => {
    fc.assert(
      fc.property(tensors(fc.double({ min: 0, max: 1e100, noNaN: true })), (x) =>
        expectClose(square(sqrt(x)), x, 1e-15),
      ),
    );
  });

  it('has the derivative of its formula', () => {
    const x = uniform([2, 3], { low: 0.5, high: 3 });
    checkDerivatives(sqrt, [x]);
    checkDerivatives((x) => multiply(sqrt(x), x), [x]);
  });

  it('is infinitely steep at 0', () => {
    expect(gradientsOf(sqrt, [[0, 4]])).toEqual([[Infinity, 0.25]]);
  });

  it('names itself in errors', () => {
    expect(() => sqrt(ended())).toThrowErrorMatchingInlineSnapshot(
      `[TapeError: sqrt: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.]`,
    );
  });
});
