import { ones, type Tensor, tensor, zeros } from '@tapegrad/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientsOf, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double, uniform } from '../../../core/test/numbers.ts';
import { reductions } from '../../test/regression.ts';
import { multiMarginLoss } from './multiMargin.ts';

describe('values', () => {
  test('by hand', () => {
    // Shortfalls of the first row: 1 - 2 + 1.5 = 0.5 and 1 - 2 - 1 < 0; of the second: 1 - 0 + 1 = 2 and 1 - 0 + 0 = 1.
    const logits = [
      [2, 1.5, -1],
      [1, 0, 0],
    ];
    expectClose(multiMarginLoss(logits, [0, 2], { reduction: 'none' }), [0.5 / 3, 1], 1e-7);
    expectClose(multiMarginLoss(logits, [0, 2], { p: 2, reduction: 'none' }), [0.25 / 3, 5 / 3], 1e-7);
    expectClose(multiMarginLoss(logits, [0, 2], { margin: 0.25, reduction: 'sum' }), 1.5 / 3, 1e-7);
    expectClose(multiMarginLoss([2, 1.5, -1], 0), 0.5 / 3, 1e-7);
  });

  test('take the weight of the right class after the power; the mean divides by rows, not by weights', () => {
    const logits = double([
      [2, 1.5],
      [1, 0],
    ]);
    const options = { weight: double([3, 5]), p: 2 } as const;
    expect(multiMarginLoss(logits, [0, 1], { ...options, reduction: 'none' }).toList()).toEqual([0.375, 10]);
    expect(multiMarginLoss(logits, [0, 1], options).item()).toBe(5.1875);
  });

  test('leave out rows that are ignored, whatever stands in them', () => {
    const logits = double([
      [2, 1.5],
      [Number.NaN, Infinity],
    ]);
    const loss = (x: Tensor) => multiMarginLoss(x, [0, -100]);
    expect(loss(logits).item()).toBe(0.25);
    expectClose(
      gradientTensors(loss, [logits])[0],
      [
        [-0.5, 0.5],
        [0, 0],
      ],
      0,
    );
    expect(multiMarginLoss(logits, [-100, -100]).item()).toBeNaN();
    expectClose(gradientTensors((x) => multiMarginLoss(x, [-100, -100]), [logits])[0], zeros([2, 2]), 0);
  });

  test('follow the formula, row by row', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(1, 2),
        fc.double({ min: -1, max: 3, noNaN: true }),
        fc.nat(),
        (batch, classes, p, margin, seed) => {
          const logits = tensor(uniform([batch, classes], { low: -2, high: 2, seed }));
          const x = logits.toFlatArray();
          const labels = Array.from({ length: batch }, (_, row) => (row + seed) % classes);
          const wanted = labels.map((y, row) => {
            const own = Array.from(x.subarray(row * classes, (row + 1) * classes));
            return (
              own.reduce((sum, c, at) => (at === y ? sum : sum + Math.max(0, margin - own[y] + c) ** p), 0) / classes
            );
          });
          const got = multiMarginLoss(logits, labels, { p, margin, reduction: 'none' });
          expectClose(got, Float64Array.from(wanted), 1e-13);
        },
      ),
    );
  });

  test.each(dataTypes)('at the ends of the line, in %s', (dtype) => {
    const logits = tensor(
      [
        [1000, -1000],
        [1000, -1000],
        [Number.NaN, 0],
        [-Infinity, 0],
      ],
      { dtype },
    );
    expect(multiMarginLoss(logits, [0, 1, 1, 1], { reduction: 'none' }).toList()).toEqual([0, 1000.5, Number.NaN, 0]);
    expect(multiMarginLoss(zeros([0, 3], { dtype }), []).item()).toBeNaN();
    expect(multiMarginLoss(zeros([0, 3], { dtype }), [], { reduction: 'sum' }).item()).toBe(0);
  });
});

describe('gradients', () => {
  test('push each class that comes too close, and lift the right one by as much', () => {
    const loss = (x: Tensor) => multiMarginLoss(x, [1]);
    expect(gradientsOf(loss, [[[0, 0.5, 0, -9]]])).toEqual([[[0.25, -0.5, 0.25, 0]]]);
  });

  test('are 0 where the margin is met exactly', () => {
    for (const p of [1, 2] as const) {
      const [gradient] = gradientTensors((x) => multiMarginLoss(x, [0], { p }), [double([[1, 0]])]);
      expectClose(gradient, [[0, 0]], 0);
    }
  });

  test.each(reductions)('agree with differences, reduction %s', (reduction) => {
    for (const p of [1, 2] as const) {
      const options = { p, margin: 0.7, weight: double([1, 2, 0.5, 3]), reduction };
      checkDerivatives((x) => multiMarginLoss(x, [1, 0, 3], options), [uniform([3, 4])]);
    }
  });
});

test('refuses what does not fit', () => {
  const x = ones([2, 3]);
  expect(
    messagesOf({
      'one-hot rows': () => multiMarginLoss(x, zeros([2, 3])),
      'too many': () => multiMarginLoss(x, [0, 1, 2]),
      'out of range': () => multiMarginLoss(x, [0, -1]),
      broken: () => multiMarginLoss(x, [0, 0.5]),
      'p of 3': () => multiMarginLoss(x, [0, 1], { p: 3 as 2 }),
      'margin of NaN': () => multiMarginLoss(x, [0, 1], { margin: Number.NaN }),
      'too few weights': () => multiMarginLoss(x, [0, 1], { weight: [1, 2] }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "broken": "ValueError: multiMarginLoss: target[1] is 0.5, with 3 classes; wanted whole numbers from 0 to 2. Class indices are whole; probabilities need the shape of the logits.",
      "margin of NaN": "ValueError: multiMarginLoss: margin is NaN; wanted a finite number. Leave it out for 1.",
      "one-hot rows": "ShapeError: multiMarginLoss: logits are [2, 3], target is [2, 3]; wanted class indices [2]. Give the index of the right class of each row; \`predictions\` turns one-hot rows into indices.",
      "out of range": "ValueError: multiMarginLoss: target[1] is -1, with 3 classes; wanted whole numbers from 0 to 2. Check the labels, or mark rows to leave out with \`ignoreIndex\`.",
      "p of 3": "ValueError: multiMarginLoss: p is 3; wanted 1 or 2. Take 1 for the hinge itself, 2 for its square.",
      "too few weights": "ShapeError: multiMarginLoss: weight is [2], with 3 classes; wanted [3], one weight for each class. Give a weight of 1 to classes that are not special.",
      "too many": "ShapeError: multiMarginLoss: logits are [2, 3], target is [3]; wanted class indices [2]. Give one class index for each row of scores.",
    }
  `);
});
