import { describe, expect, it } from 'vitest';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { Tape } from '../../fusion/tape.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { multiply } from '../elementwise/multiply.ts';
import { norm } from './norm.ts';
import { sum } from './sum.ts';

const { NaN: nan } = Number;

describe('norm', () => {
  it('is the length of a vector, or another p-norm', () => {
    expect(norm([3, -4]).toList()).toBe(5);
    expect(norm([3, -4], { ord: 1 }).toList()).toBe(7);
    expect(norm([3, -4], { ord: Infinity }).toList()).toBe(4);
    expectClose(norm(double([3, -4]), { ord: 3 }), Math.cbrt(27 + 64), 1e-15);
    const x = double([
      [3, 4, 0],
      [0, 0, 0],
    ]);
    expect(norm(x, { axes: 1 }).toList()).toEqual([5, 0]);
    expect(norm(x, { axes: 0, keepDims: true }).toList()).toEqual([[3, 4, 0]]);
    expect(norm(x, { axes: [] }).toList()).toEqual(x.toList());
    expect(norm(uniform([2, 3, 4]), { axes: [0, 2] }).shape).toEqual([3]);
  });

  it('is 0 of nothing, infinite with infinity, NaN with NaN', () => {
    for (const ord of [1, 2, 3, Infinity]) {
      expect(norm([], { ord }).toList()).toBe(0);
      expect(norm(zeros([2, 0]), { axes: 1, ord }).toList()).toEqual([0, 0]);
      expect(norm([1, -Infinity], { ord }).toList()).toBe(Infinity);
      expect(norm([1, nan, Infinity], { ord }).toList()).toBe(nan);
    }
  });

  it('neither overflows nor vanishes where the squares would', () => {
    expect(norm([3e38, -1e38]).item()).toBe(Math.fround(Math.hypot(Math.fround(3e38), Math.fround(1e38))));
    expectClose(norm(double([3e200, 4e200])), 5e200, 1e-15);
    expectClose(norm(double([3e-200, 4e-200])), 5e-200, 1e-15);
    expect(gradientsOf((x) => norm(x), [[3e200, 4e200]])).toEqual([[expect.closeTo(0.6, 14), expect.closeTo(0.8, 14)]]);
  });

  it('reads views, and takes axes that are no neighbours together', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(norm(scattered(x), { axes: [0, 2] }), norm(x, { axes: [0, 2] }));
    expectClose(norm(x, { axes: 0 }), norm(scattered(x), { axes: [0] }), 0);
  });

  it('has the derivative of its formula', () => {
    for (const ord of [1, 1.5, 2, 3]) {
      checkDerivatives((x) => norm(x, { ord }), [uniform([5], { low: 0.5, high: 2 })]);
      checkDerivatives((x) => norm(x, { axes: [0, -1], ord }), [uniform([2, 3, 4], { low: -2, high: -0.5 })]);
    }
    checkDerivatives((x) => multiply(x, norm(x, { axes: 1, keepDims: true })), [uniform([2, 3])]);
    expect(gradientsOf((x) => norm(x, { ord: Infinity }), [[1, -3, 2]])).toEqual([[0, -1, 0]]);
  });

  it('has a slope of 0 at the zero vector, and a second derivative of 0', () => {
    for (const ord of [1, 1.5, 2, 3, Infinity]) {
      expect(gradientsOf((x) => norm(x, { ord }), [[0, 0]])[0]).toEqual([0, 0]);
    }
    using tape = new Tape();
    const x = tape.watch(
      double([
        [0, 0],
        [3, 4],
      ]),
    );
    const first = tape.gradients(sum(norm(x, { axes: 1 })), { differentiable: true }).get(x);
    expect(first.toList()).toEqual([
      [0, 0],
      [0.6, 0.8],
    ]);
    const second = tape.gradients(sum(multiply(first, double([1, 0])))).get(x);
    expectClose(
      second,
      [
        [0, 0],
        [0.128, -0.096],
      ],
      1e-15,
    );
  });

  it('says what does not fit', () => {
    expect(
      messagesOf({
        'no norm': () => norm([1, 2], { ord: 0.5 }),
        'an axis that is not there': () => norm([1, 2], { axes: 1 }),
        'after the end of its tape': () => norm(ended()),
      }),
    ).toMatchInlineSnapshot(`
      {
        "after the end of its tape": "TapeError: norm: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
        "an axis that is not there": "ShapeError: norm: axis 1 of a tensor with 1 axis; wanted a whole number from -1 to 0. Name an axis that the tensor has.",
        "no norm": "ValueError: norm: ord is 0.5; wanted a number of at least 1, or Infinity. Leave it out for 2, the length of a vector.",
      }
    `);
  });
});
