import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { gradcheck } from '../../check/gradcheck.ts';
import { tensor } from '../../tensor/create.ts';
import { add } from '../elementwise/add.ts';
import { clamp } from '../elementwise/clamp.ts';
import { divide } from '../elementwise/divide.ts';
import { multiply } from '../elementwise/multiply.ts';
import { hardSigmoid } from './hardSigmoid.ts';

const { NaN: nan } = Number;

describe('hardSigmoid', () => {
  it('is a line from 0 at -3 to 1 at 3', () => {
    const x = [-Infinity, -800, -3, -0, 0, 1.5, 3, 800, Infinity, nan];
    expect(hardSigmoid(double(x)).toList()).toEqual([0, 0, 0, 0.5, 0.5, 0.75, 1, 1, 1, nan]);
    expect(hardSigmoid(x).toList()).toEqual([0, 0, 0, 0.5, 0.5, 0.75, 1, 1, 1, nan]);
    expect(hardSigmoid(double([-3, 0, 2]), { alpha: 0.25, beta: 0.25 }).toList()).toEqual([0, 0.25, 0.75]);
    expect(hardSigmoid([]).shape).toEqual([0]);
  });

  it('is relu6(x + 3) / 6', () => {
    fc.assert(
      fc.property(tensors(), (x) => {
        expectClose(hardSigmoid(x), divide(clamp(add(x, 3), { min: 0, max: 6 }), 6), 2e-16);
      }),
    );
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(hardSigmoid(scattered(x)), hardSigmoid(x));
  });

  it('has the derivative of its formula', () => {
    checkDerivatives((x) => hardSigmoid(x), [[-5, -2, 0.4, 2.9, 3.5]]);
    checkDerivatives((x) => multiply(hardSigmoid(x, { alpha: -0.3, beta: 0.4 }), x), [[-5, -1, 0.4, 1, 3.5]]);
  });

  it('has slope 0 at its kinks', () => {
    const x = [-Infinity, -3, 0, 3, Infinity];
    expect(gradientsOf((x) => hardSigmoid(x), [x])).toEqual([[0, 0, 1 / 6, 0, 0]]);
    expect(gradcheck((x) => hardSigmoid(x), [[3]]).kinks).toHaveLength(3);
  });

  it('says what does not fit', () => {
    expect(
      messagesOf({
        'no alpha': () => hardSigmoid([1], { alpha: nan }),
        'an infinite beta': () => hardSigmoid([1], { beta: Infinity }),
        'after the end of its tape': () => hardSigmoid(ended()),
      }),
    ).toMatchInlineSnapshot(`
      {
        "after the end of its tape": "TapeError: hardSigmoid: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
        "an infinite beta": "ValueError: hardSigmoid: alpha is 0.16666666666666666, beta is Infinity; wanted two finite numbers. Leave them out for 1/6 and 1/2.",
        "no alpha": "ValueError: hardSigmoid: alpha is NaN, beta is 0.5; wanted two finite numbers. Leave them out for 1/6 and 1/2.",
      }
    `);
  });
});
