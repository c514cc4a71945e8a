import { describe, expect, it } from 'vitest';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { multiply } from './multiply.ts';
import { square } from './square.ts';

describe('square', () => {
  it('is the product with itself', () => {
    const x = [-Infinity, -3, -0, 0.5, Number.NaN];
    expect(square(x).toList()).toEqual([Infinity, 9, 0, 0.25, Number.NaN]);
    expect(square(double(1e200)).toList()).toBe(Infinity);
    expect(square([1e-30]).toList()).toEqual([0]);
    expect(square([]).shape).toEqual([0]);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(square(scattered(x)), square(x));
  });

  it('has slope 2x', () => {
    checkDerivatives(square, [uniform([2, 3])]);
    checkDerivatives((x) => multiply(square(x), x), [uniform([3])]);
    expect(gradientsOf(square, [[-2, 0, 3]])).toEqual([[-4, 0, 6]]);
    expect(gradientsOf((x) => square(square(x)), [[2]])).toEqual([[32]]);
  });

  it('names itself in errors', () => {
    expect(() => square(ended())).toThrowErrorMatchingInlineSnapshot(
      `[TapeError: square: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.]`,
    );
  });
});
