import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { multiply } from './multiply.ts';
import { negate } from './negate.ts';

describe('negate', () => {
  it('turns the sign, that of 0 too', () => {
    const x = [1, -2, 0, -0, Infinity, Number.NaN];
    expect(negate(x).toList()).toEqual([-1, 2, -0, 0, -Infinity, Number.NaN]);
    expect(negate(3).toList()).toBe(-3);
    expect(negate([]).shape).toEqual([0]);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(negate(scattered(x)), negate(x));
  });

  it('twice is nothing', () => {
    fc.assert(fc.property(tensors(), (x) => expectSame(negate(negate(x)), x)));
  });

  it('has slope -1', () => {
    checkDerivatives(negate, [uniform([2, 3])]);
    checkDerivatives((x) => multiply(negate(x), x), [uniform([3])]);
    expect(gradientsOf(negate, [[1, 2]], [3, 0.5])).toEqual([[-3, -0.5]]);
  });

  it('names itself in errors', () => {
    expect(() => negate(ended())).toThrowErrorMatchingInlineSnapshot(
      `[TapeError: negate: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.]`,
    );
  });
});
