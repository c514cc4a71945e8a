import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf, gradientTensors } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import {
  add,
  exp,
  logSoftmax,
  logSumExp,
  multiply,
  ones,
  type Shape,
  softmax,
  subtract,
  sum,
  type Tensor,
  tensor,
  transpose,
} from '../../index.ts';

const logits = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, classes]) =>
    fc
      .array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: rows * classes, maxLength: rows * classes })
      .map((numbers) => tensor(Float64Array.from(numbers), { shape: [rows, classes] })),
  );

describe('softmax', () => {
  test('the textbook numbers', () => {
    expectClose(softmax(double([1, 2, 3])), double([0.0900306, 0.2447285, 0.665241]), 5e-8);
    expectClose(softmax(double([3, 1, -3])), double([0.878878, 0.118943, 0.002179]), 5e-7);
  });

  test.each(dataTypes)('does not overflow, in %s', (dtype) => {
    expect(softmax(tensor([1000, 0, -1000], { dtype })).toList()).toEqual([1, 0, 0]);
    expect(softmax(tensor([-1000, -1000], { dtype })).toList()).toEqual([0.5, 0.5]);
    expect(softmax(tensor([3e38, -3e38], { dtype })).toList()).toEqual([1, 0]);
  });

  test('gives a logit of -Infinity no probability and no gradient', () => {
    const x = [0, -Infinity, 0];
    expect(softmax(x).toList()).toEqual([0.5, 0, 0.5]);
    expect(gradientsOf((x) => softmax(x), [x], [1, 5, 0])).toEqual([[0.25, 0, -0.25]]);
  });

  test('is NaN where nothing is left to compare', () => {
    const nothing = [Number.NaN, Number.NaN];
    expect(softmax([-Infinity, -Infinity]).toList()).toEqual(nothing);
    expect(softmax([Infinity, 0]).toList()).toEqual(nothing);
    expect(softmax([Number.NaN, 0]).toList()).toEqual(nothing);
  });

  test('sums to 1, and stays the same when all logits of a row are shifted', () => {
    fc.assert(
      fc.property(logits, fc.double({ min: -1000, max: 1000, noNaN: true }), (x, shift) => {
        const p = softmax(x);
        expectClose(sum(p, { axes: 1 }), ones([x.shape[0]], { dtype: 'float64' }), 2e-15);
        // Shifting rounds the logits by up to half a unit in the last place of 1050, which is 1.1e-13.
        expectClose(softmax(add(x, shift)), p, 4.6e-13);
      }),
    );
  });

  test('has gradients that sum to 0 in each row', () => {
    fc.assert(
      fc.property(logits, (x) => {
        const g = [...uniform(x.shape, { seed: 5 }).data];
        const [gradient] = gradientTensors((x) => softmax(x), [x], g);
        const sums = sum(gradient, { axes: 1 });
        expectClose(sums, multiply(sums, 0), 3e-15);
      }),
    );
  });
});

describe('logSoftmax', () => {
  test('is the logarithm of the softmax, and exact where that underflows', () => {
    expectClose(exp(logSoftmax(double([1, 2, 3]))), softmax(double([1, 2, 3])), 1e-15);
    expect(logSoftmax([1000, 0, -1000]).toList()).toEqual([0, -1000, -2000]);
    expect(logSoftmax([0, -Infinity]).toList()).toEqual([0, -Infinity]);
    expect(logSoftmax([Number.NaN, 0]).toList()).toEqual([Number.NaN, Number.NaN]);
  });

  test('is x - logSumExp(x)', () => {
    fc.assert(
      fc.property(logits, (x) => {
        expectClose(logSoftmax(x), subtract(x, logSumExp(x, { axes: 1, keepDims: true })), 1e-14);
      }),
    );
  });

  test('has the gradient g - softmax·Σg, finite next to a logit of -Infinity', () => {
    expect(gradientsOf((x) => logSoftmax(x), [[0, -Infinity, 0]], [1, 0, 0])).toEqual([[0.5, 0, -0.5]]);
    expect(gradientsOf((x) => logSoftmax(x), [[1000, -1000]], [0, 1])).toEqual([[-1, 1]]);
  });
});

describe.each([
  ['softmax', softmax],
  ['logSoftmax', logSoftmax],
] as const)('%s', (name, op) => {
  test.each([0, 1, 2, -1, -2])('runs along axis %i as it does along the last', (axis) => {
    const x = double(uniform([3, 4, 2]));
    const order = [0, 1, 2].filter((other) => other !== (axis + 3) % 3).concat((axis + 3) % 3);
    const back = order.map((_, other) => order.indexOf(other));
    expectClose(op(x, { axis }), transpose(op(transpose(x, order)), back), 0);
    expectClose(op(scattered(x), { axis }), op(x, { axis }), 0);
  });

  test('of one class, no class and no row', () => {
    const y = name === 'softmax' ? 1 : 0;
    expect(op([[3], [-Infinity]], { axis: 1 }).toList()).toEqual([[y], [Number.NaN]]);
    expect(op([[], []]).shape).toEqual([2, 0]);
    expect(op(tensor([], { shape: [0, 3] })).shape).toEqual([0, 3]);
  });

  test.each<[Shape, number]>([
    [[4], 0],
    [[3, 4], 1],
    [[2, 3, 2], 1],
  ])('of %j along %i agrees with differences', (shape, axis) => {
    const f = (x: Tensor): Tensor => op(x, { axis });
    checkDerivatives(f, [uniform(shape, { low: -2, high: 2 })]);
  });
});

test('every message', () => {
  expect(
    messagesOf({
      'softmax of a scalar': () => softmax(1),
      'an axis that is not there': () => softmax([[1, 2]], { axis: 2 }),
      'a fractional axis': () => logSoftmax([[1, 2]], { axis: 0.5 }),
      'after the end of its tape': () => softmax(ended()),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a fractional axis": "ShapeError: logSoftmax: axis 0.5 of a tensor with 2 axes; wanted a whole number from -2 to 1. Name an axis that the tensor has.",
      "after the end of its tape": "TapeError: softmax: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
      "an axis that is not there": "ShapeError: softmax: axis 2 of a tensor with 2 axes; wanted a whole number from -2 to 1. Name an axis that the tensor has.",
      "softmax of a scalar": "ShapeError: softmax: axis -1 of a tensor with 0 axes; wanted no axis at all, for a scalar has none. Name an axis that the tensor has.",
    }
  `);
});
