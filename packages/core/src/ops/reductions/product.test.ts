import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapesWithAxes, tensorsOf } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { abs } from '../elementwise/abs.ts';
import { exp } from '../elementwise/exp.ts';
import { log } from '../elementwise/log.ts';
import { multiply } from '../elementwise/multiply.ts';
import { product } from './product.ts';
import { sum } from './sum.ts';

const { NaN: nan } = Number;

describe('product', () => {
  it('multiplies over axes, and over all by default', () => {
    const x = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect(product(x).toList()).toBe(720);
    expect(product(x, { axes: 0 }).toList()).toEqual([4, 10, 18]);
    expect(product(x, { axes: -1, keepDims: true }).toList()).toEqual([[6], [120]]);
    expect(product(x, { axes: [] }).toList()).toEqual(x);
    expect(product(7).toList()).toBe(7);
  });

  it('is 1 of nothing, and what IEEE 754 says of the rest', () => {
    expect(product([]).toList()).toBe(1);
    expect(product(zeros([2, 0, 3]), { axes: 1 }).toList()).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    expect(product(zeros([2, 0]), { axes: 0 }).shape).toEqual([0]);
    expect(
      product(
        [
          [1, nan],
          [Infinity, 0],
          [-Infinity, 2],
          [1e30, 1e30],
        ],
        { axes: 1 },
      ).toList(),
    ).toEqual([nan, nan, -Infinity, Infinity]);
    expect(product(double([1e300, 1e300])).toList()).toBe(Infinity);
  });

  it('rounds once in float32: what overflows on the way may come back', () => {
    expect(product([1e30, 1e30, 1e-30, 1e-30]).item()).toBeCloseTo(1, 6);
  });

  it('is e^(Σ ln |x|), but for the sign', () => {
    const factors = fc.oneof(
      fc.double({ min: 0.1, max: 4, noNaN: true }),
      fc.double({ min: -4, max: -0.1, noNaN: true }),
    );
    const cases = shapesWithAxes(3).chain(({ shape, axes }) => fc.tuple(tensorsOf(shape, factors), fc.constant(axes)));
    fc.assert(
      fc.property(cases, ([x, axes]) => {
        expectClose(abs(product(x, { axes })), exp(sum(log(abs(x)), { axes })), 1e-13);
      }),
    );
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(product(scattered(x), { axes: [0, 2] }), product(x, { axes: [0, 2] }));
  });

  it.each([1, 2, 3, 5, 8])('has the derivative of its formula, for %i factors', (length) => {
    checkDerivatives((x) => product(x), [uniform([length], { low: 0.5, high: 2 })]);
  });

  it('has it over axes too, and when x is used again', () => {
    checkDerivatives((x) => product(x, { axes: [0, 2] }), [uniform([2, 3, 2])]);
    checkDerivatives((x) => multiply(x, product(x, { axes: 1, keepDims: true })), [uniform([2, 3])]);
  });

  it('gives all to a single zero, and nothing where there are two', () => {
    const gradients = gradientsOf(
      (x) => product(x, { axes: 1 }),
      [
        [
          [2, 0, 3],
          [0, 5, 0],
          [0, 0, 0],
          [2, 3, 4],
        ],
      ],
    );
    expect(gradients).toEqual([
      [
        [0, 6, 0],
        [0, 0, 0],
        [0, 0, 0],
        [12, 8, 6],
      ],
    ]);
    checkDerivatives((x) => product(x), [[2, 0, 3]]);
    checkDerivatives((x) => product(x), [[0, 5, 0, 2]]);
    checkDerivatives((x) => product(x), [[0, 0, 0]]);
  });

  it('has no gradient to give to nothing', () => {
    expect(gradientsOf((x) => product(x), [[]])).toEqual([[]]);
  });

  it('says what does not fit', () => {
    expect(
      messagesOf({
        'an axis that is not there': () => product([1, 2], { axes: 1 }),
        'after the end of its tape': () => product(ended()),
      }),
    ).toMatchInlineSnapshot(`
      {
        "after the end of its tape": "TapeError: product: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
        "an axis that is not there": "ShapeError: product: axis 1 of a tensor with 1 axis; wanted a whole number from -1 to 0. Name an axis that the tensor has.",
      }
    `);
  });
});
