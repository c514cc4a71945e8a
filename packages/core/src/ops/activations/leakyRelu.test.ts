import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { gradcheck } from '../../check/gradcheck.ts';
import { Tape } from '../../fusion/tape.ts';
import { tensor } from '../../tensor/create.ts';
import { maximum } from '../elementwise/maximum.ts';
import { multiply } from '../elementwise/multiply.ts';
import { leakyRelu } from './leakyRelu.ts';
import { relu } from './relu.ts';

const { NaN: nan } = Number;

describe('leakyRelu', () => {
  it('is x above 0 and a hundredth of it below', () => {
    const x = [-Infinity, -800, -1, -0, 0, 1.5, 800, Infinity, nan];
    expect(leakyRelu(double(x)).toList()).toEqual([-Infinity, -8, -0.01, -0, 0, 1.5, 800, Infinity, nan]);
    expect(leakyRelu([-2, 2], { slope: 0.25 }).toList()).toEqual([-0.5, 2]);
    expect(leakyRelu(-1).item()).toBe(Math.fround(-0.01));
    expect(leakyRelu([]).shape).toEqual([0]);
  });

  it('is the larger of x and slope·x, for slopes up to 1', () => {
    fc.assert(
      fc.property(tensors(), fc.double({ min: 1e-3, max: 1, noNaN: true }), (x, slope) => {
        expectClose(leakyRelu(x, { slope }), maximum(x, multiply(slope, x)), 0);
      }),
    );
  });

  it('is relu for a slope of 0, also at -Infinity', () => {
    fc.assert(fc.property(tensors(), (x) => expectClose(leakyRelu(x, { slope: 0 }), relu(x), 0)));
    expect(leakyRelu([-Infinity, nan], { slope: 0 }).toList()).toEqual([0, nan]);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(leakyRelu(scattered(x)), leakyRelu(x));
  });

  it('has the derivative of its formula', () => {
    checkDerivatives((x) => leakyRelu(x, { slope: 0.2 }), [[-2, -0.3, 0.4, 3]]);
    checkDerivatives((x) => multiply(leakyRelu(x, { slope: -0.5 }), x), [[-2, -0.3, 0.4, 3]]);
    expect(gradientsOf((x) => leakyRelu(x, { slope: 0.1 }), [[-Infinity, -800, 800, Infinity]])).toEqual([
      [0.1, 0.1, 1, 1],
    ]);
  });

  it('has its lower slope at the kink', () => {
    expect(gradientsOf((x) => leakyRelu(x, { slope: 0.1 }), [[-1, -0, 0, 1]])).toEqual([[0.1, 0.1, 0.1, 1]]);
    expect(gradcheck((x) => leakyRelu(x, { slope: 0.1 }), [[0]]).kinks).toHaveLength(3);
  });

  it('stands on the tape with its slope', () => {
    using tape = new Tape();
    leakyRelu(tape.watch([1, 2]));
    expect(`${tape}`).toMatchInlineSnapshot(`
      "%0 [2] watched
      %1 [2] leakyRelu(x: %0) slope=0.01"
    `);
  });

  it('says what does not fit', () => {
    expect(
      messagesOf({
        'no slope': () => leakyRelu([1], { slope: nan }),
        'an infinite slope': () => leakyRelu([1], { slope: Infinity }),
        'after the end of its tape': () => leakyRelu(ended()),
      }),
    ).toMatchInlineSnapshot(`
      {
        "after the end of its tape": "TapeError: leakyRelu: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
        "an infinite slope": "ValueError: leakyRelu: slope is Infinity; wanted a finite number. Leave it out for 0.01.",
        "no slope": "ValueError: leakyRelu: slope is NaN; wanted a finite number. Leave it out for 0.01.",
      }
    `);
  });
});
