import { describe, expect, it } from 'vitest';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { abs, sign } from './abs.ts';
import { multiply } from './multiply.ts';

const line = [-Infinity, -2.5, -0, 0, 2.5, Infinity, Number.NaN];

describe('abs', () => {
  it('is the distance from 0', () => {
    expect(abs(line).toList()).toEqual([Infinity, 2.5, 0, 0, 2.5, Infinity, Number.NaN]);
    expect(abs(-3).toList()).toBe(3);
    expect(abs([]).shape).toEqual([0]);
    expect(abs(double([-0.1])).toList()).toEqual([0.1]);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(abs(scattered(x)), abs(x));
  });

  it('has the derivative of its formula', () => {
    const x = [-2, -0.3, 0.4, 3];
    checkDerivatives(abs, [x]);
    checkDerivatives((x) => multiply(abs(x), x), [x]);
  });

  it('has slope 0 at its kink', () => {
    expect(gradientsOf(abs, [[-2, -0, 0, 2]])).toEqual([[-1, -0, 0, 1]]);
  });

  it('names itself in errors', () => {
    expect(() => abs(ended())).toThrowErrorMatchingInlineSnapshot(
      `[TapeError: abs: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.]`,
    );
  });
});

describe('sign', () => {
  it('tells the three cases apart, and keeps NaN', () => {
    expect(sign(line).toList()).toEqual([-1, -1, -0, 0, 1, 1, Number.NaN]);
  });

  it('is flat: what comes before it gets no gradient through it', () => {
    expect(gradientsOf((x) => multiply(sign(x), x), [[-2, 3]])).toEqual([[-1, 1]]);
    expect(() => gradientsOf(sign, [[1]])).toThrowErrorMatchingInlineSnapshot(
      `[TapeError: gradients: the loss %1 sign, to which none of the tensors in withRespectTo leads; wanted a loss that depends on something to differentiate by. Compute it from parameters or from \`tape.watch(x)\`; gradients count only if they were taken with \`differentiable: true\`.]`,
    );
  });
});
