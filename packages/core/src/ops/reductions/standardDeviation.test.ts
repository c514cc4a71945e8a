import { describe, expect, it } from 'vitest';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { Tape } from '../../fusion/tape.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { multiply } from '../elementwise/multiply.ts';
import { standardDeviation } from './standardDeviation.ts';
import { sum } from './sum.ts';

const { NaN: nan } = Number;

describe('standardDeviation', () => {
  it('is the root of the variance, with n - 1 or another divisor', () => {
    expect(standardDeviation(double([1, 2, 3, 4])).toList()).toBe(Math.sqrt(5 / 3));
    expect(standardDeviation(double([1, 2, 3, 4]), { correction: 0 }).toList()).toBe(Math.sqrt(1.25));
    const x = [
      [1, 3, 5],
      [1, 1, 1],
    ];
    expect(standardDeviation(x, { axes: 1 }).toList()).toEqual([2, 0]);
    expectClose(standardDeviation(double(x), { axes: 0, keepDims: true }), [[0, Math.SQRT2, Math.sqrt(8)]], 1e-15);
  });

  it('is NaN of a single number, of nothing, and of anything not finite', () => {
    expect(standardDeviation([7]).toList()).toBe(nan);
    expect(standardDeviation([7], { correction: 0 }).toList()).toBe(0);
    expect(standardDeviation([]).toList()).toBe(nan);
    expect(standardDeviation(zeros([2, 0]), { axes: 1 }).toList()).toEqual([nan, nan]);
    expect(standardDeviation([1, nan, 2]).toList()).toBe(nan);
    expect(standardDeviation([1, 3], { correction: 3 }).toList()).toBe(Infinity);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(standardDeviation(scattered(x), { axes: [0, 2] }), standardDeviation(x, { axes: [0, 2] }));
  });

  it('has the derivative of its formula', () => {
    checkDerivatives((x) => standardDeviation(x), [uniform([5])]);
    checkDerivatives((x) => standardDeviation(x, { axes: [0, -1], correction: 0 }), [uniform([2, 3, 4])]);
    checkDerivatives((x) => multiply(x, standardDeviation(x, { axes: 1, keepDims: true })), [uniform([2, 3])]);
    expect(gradientsOf((x) => standardDeviation(x), [[1, 2, 3]])).toEqual([[-0.5, 0, 0.5]]);
  });

  it('has a slope of 0 where all numbers are the same, and a second derivative of 0', () => {
    using tape = new Tape();
    const x = tape.watch(
      double([
        [2, 2, 2],
        [1, 2, 3],
      ]),
    );
    const y = standardDeviation(x, { axes: 1 });
    const first = tape.gradients(sum(y), { differentiable: true }).get(x);
    expect(first.toList()).toEqual([
      [0, 0, 0],
      [-0.5, 0, 0.5],
    ]);
    expect(
      (
        tape
          .gradients(sum(multiply(first, first)))
          .get(x)
          .toList() as number[][]
      )[0],
    ).toEqual([0, 0, 0]);
  });

  it('says what does not fit', () => {
    expect(
      messagesOf({
        'no correction': () => standardDeviation([1, 2], { correction: nan }),
        'an axis that is not there': () => standardDeviation([1, 2], { axes: 1 }),
        'after the end of its tape': () => standardDeviation(ended()),
      }),
    ).toMatchInlineSnapshot(`
      {
        "after the end of its tape": "TapeError: standardDeviation: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
        "an axis that is not there": "ShapeError: variance: axis 1 of a tensor with 1 axis; wanted a whole number from -1 to 0. Name an axis that the tensor has.",
        "no correction": "ValueError: variance: correction is NaN; wanted a finite number. Leave it out for 1, or give 0 to divide by the count itself.",
      }
    `);
  });
});
