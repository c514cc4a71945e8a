import { describe, expect, it } from 'vitest';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { gradcheck } from '../../check/gradcheck.ts';
import { tensor } from '../../tensor/create.ts';
import { multiply } from '../elementwise/multiply.ts';
import { relu } from './relu.ts';

describe('relu', () => {
  it('cuts off what is negative, and keeps NaN', () => {
    const x = [-Infinity, -1, -0, 0, 1.5, Infinity, Number.NaN];
    expect(relu(x).toList()).toEqual([0, 0, 0, 0, 1.5, Infinity, Number.NaN]);
    expect(relu(double([-0.1, 0.1])).toList()).toEqual([0, 0.1]);
    expect(relu(-2).toList()).toBe(0);
    expect(relu([]).shape).toEqual([0]);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(relu(scattered(x)), relu(x));
  });

  it('has the derivative of its formula', () => {
    const x = [-2, -0.3, 0.4, 3];
    checkDerivatives(relu, [x]);
    checkDerivatives((x) => multiply(relu(x), x), [x]);
  });

  it('has slope 0 at its kink', () => {
    expect(gradientsOf(relu, [[-1, -0, 0, 1]])).toEqual([[0, 0, 0, 1]]);
    expect(gradcheck(relu, [[0]]).kinks).toHaveLength(3);
  });

  it('stops an infinite cotangent where it is flat', () => {
    expect(gradientsOf(relu, [[-1, 1]], [Infinity, Infinity])).toEqual([[0, Infinity]]);
  });

  it('names itself in errors', () => {
    expect(() => relu(ended())).toThrowErrorMatchingInlineSnapshot(
      `[TapeError: relu: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.]`,
    );
  });
});
