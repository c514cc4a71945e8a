import { multiply, ones, type Tensor, tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { expectFormula, reductions, sides } from '../../test/regression.ts';
import { l1Loss } from './l1.ts';
import { quantileLoss } from './quantile.ts';

test('by hand: too low costs q, too high 1 - q', () => {
  const losses = quantileLoss(double([1, 5, 3]), double([3, 3, 3]), { quantile: 0.75, reduction: 'none' });
  expect(losses.toList()).toEqual([1.5, 0.5, 0]);
  expect(quantileLoss([1, 5, 3, 3], [3, 3, 3, 3], { quantile: 0.75 }).item()).toBe(0.5);
});

test.each(dataTypes)('is the pinball formula, in %s', (dtype) => {
  for (const quantile of [0.1, 0.5, 0.9]) {
    expectFormula(
      (prediction, target, options) => quantileLoss(prediction, target, { quantile, ...options }),
      (d) => Math.max(-quantile * d, (1 - quantile) * d),
      dtype,
    );
  }
});

test('is half the absolute error for the median', () => {
  fc.assert(
    fc.property(sides, ([prediction, target]) => {
      const half = multiply(0.5, l1Loss(prediction, target, { reduction: 'none' }));
      expectClose(quantileLoss(prediction, target, { reduction: 'none' }), half, 1e-15);
    }),
  );
});

test('is least at a prediction that has the share of the targets below it', () => {
  const targets = double([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const cost = (prediction: number): number =>
    quantileLoss(multiply(prediction, ones([10], { dtype: 'float64' })), targets, { quantile: 0.75 }).item();
  const best = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].toSorted((a, b) => cost(a) - cost(b))[0];
  expect(best).toBe(8);
});

test('slopes by -q below, 1 - q above, and 0 at the kink', () => {
  const loss = (x: Tensor) => quantileLoss(x, double([3, 3, 3]), { quantile: 0.75, reduction: 'sum' });
  expectClose(gradientTensors(loss, [[1, 3, 5]])[0], [-0.75, 0, 0.25], 0);
});

test.each(reductions)('has the derivatives of its formula, reduction %s', (reduction) => {
  checkDerivatives(
    (p, t) => quantileLoss(p, t, { quantile: 0.3, reduction }),
    [
      [1, -2, 0.5],
      [2, -3, 4],
    ],
  );
});

test.each(dataTypes)('at the ends of the line, in %s', (dtype) => {
  const x = tensor([1000, -Infinity, Number.NaN], { dtype });
  expect(quantileLoss(x, tensor([0, 0, 0], { dtype }), { reduction: 'none' }).toList()).toEqual([
    500,
    Infinity,
    Number.NaN,
  ]);
  expect(quantileLoss([], []).item()).toBeNaN();
});

test('refuses what does not fit', () => {
  expect(
    messagesOf({
      'a column': () => quantileLoss(ones([4]), ones([4, 1])),
      'quantile 0': () => quantileLoss([1], [1], { quantile: 0 }),
      'quantile 1': () => quantileLoss([1], [1], { quantile: 1 }),
      'per cent': () => quantileLoss([1], [1], { quantile: 95 }),
      NaN: () => quantileLoss([1], [1], { quantile: Number.NaN }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "NaN": "ValueError: quantileLoss: quantile is NaN; wanted a number between 0 and 1, neither of them. For the median take 0.5.",
      "a column": "ShapeError: quantileLoss: prediction is [4], target is [4, 1]; wanted one shape for both. Reshape one of them, for example \`reshape(target, [4])\`; broadcasting would compare every pair.",
      "per cent": "ValueError: quantileLoss: quantile is 95; wanted a number between 0 and 1, neither of them. Write 95 % as 0.95.",
      "quantile 0": "ValueError: quantileLoss: quantile is 0; wanted a number between 0 and 1, neither of them. For the median take 0.5.",
      "quantile 1": "ValueError: quantileLoss: quantile is 1; wanted a number between 0 and 1, neither of them. For the median take 0.5.",
    }
  `);
});
