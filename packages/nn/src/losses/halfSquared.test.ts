import { ones, type Tensor, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { expectFormula, reductions } from '../../test/regression.ts';
import { halfSquaredLoss } from './halfSquared.ts';
import { mseLoss } from './mse.ts';

test('by hand: half of the mean squared error', () => {
  expect(halfSquaredLoss([1, 2, 5], [1, 4, 1], { reduction: 'none' }).toList()).toEqual([0, 2, 8]);
  expect(halfSquaredLoss([2, 5], [4, 1]).item()).toBe(mseLoss([2, 5], [4, 1]).item() / 2);
});

test.each(dataTypes)('is half the square of the distance, in %s', (dtype) => {
  expectFormula(halfSquaredLoss, (d) => d ** 2 / 2, dtype);
});

test('slopes by the distance itself', () => {
  const loss = (x: Tensor) => halfSquaredLoss(x, double([1, 1, 1]), { reduction: 'sum' });
  expectClose(gradientTensors(loss, [[-2, 1, 1.5]])[0], [-3, 0, 0.5], 0);
});

test.each(reductions)('has the derivatives of its formula, reduction %s', (reduction) => {
  checkDerivatives(
    (p, t) => halfSquaredLoss(p, t, { reduction }),
    [
      [1, -2, 0.5],
      [2, -3, 4],
    ],
  );
});

test.each(dataTypes)('at the ends of the line, in %s', (dtype) => {
  const x = tensor([1000, Infinity, Number.NaN], { dtype });
  expect(halfSquaredLoss(x, tensor([0, 0, 0], { dtype }), { reduction: 'none' }).toList()).toEqual([
    5e5,
    Infinity,
    Number.NaN,
  ]);
  expect(halfSquaredLoss([], []).item()).toBeNaN();
});

test('refuses what does not fit', () => {
  expect(messagesOf({ 'a column': () => halfSquaredLoss(ones([4]), ones([4, 1])) })).toMatchInlineSnapshot(`
    {
      "a column": "ShapeError: halfSquaredLoss: prediction is [4], target is [4, 1]; wanted one shape for both. Reshape one of them, for example \`reshape(target, [4])\`; broadcasting would compare every pair.",
    }
  `);
});
