import { ones, type Tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { checkDerivatives, gradientsOf } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double, uniform } from '../../../core/test/numbers.ts';
import { expectFormula, reductions } from '../../test/regression.ts';
import { mseLoss } from './mse.ts';

test('by hand', () => {
  expect(mseLoss([1, 2.5, -3], [1, 2, 1], { reduction: 'none' }).toList()).toEqual([0, 0.25, 16]);
  expect(mseLoss([1, 2.5, -3], [1, 2, 1], { reduction: 'sum' }).item()).toBe(16.25);
  expect(mseLoss(double([1, 2.5, -3]), double([1, 2, 1])).item()).toBe(16.25 / 3);
});

test.each(dataTypes)('is (prediction - target)², in %s', (dtype) => {
  expectFormula(mseLoss, (d) => d ** 2, dtype);
});

test('pulls by twice the distance, on both sides', () => {
  const total = (prediction: Tensor, target: Tensor) => mseLoss(prediction, target, { reduction: 'sum' });
  expect(
    gradientsOf(total, [
      [1, 2.5, -3],
      [1.5, 2, 1],
    ]),
  ).toEqual([
    [-1, 1, -8],
    [1, -1, 8],
  ]);
  const mean = (prediction: Tensor, target: Tensor) => mseLoss(prediction, target);
  expect(
    gradientsOf(mean, [
      [3, 0],
      [1, 4],
    ]),
  ).toEqual([
    [2, -4],
    [-2, 4],
  ]);
});

test.each(reductions)('has the derivatives of its formula, reduction %s', (reduction) => {
  const loss = (prediction: Tensor, target: Tensor) => mseLoss(prediction, target, { reduction });
  checkDerivatives(loss, [uniform([3, 2], { seed: 1 }), uniform([3, 2], { seed: 2 })]);
});

test('of nothing is NaN on average, and 0 in all', () => {
  expect(mseLoss([], []).item()).toBeNaN();
  expect(mseLoss([], [], { reduction: 'sum' }).item()).toBe(0);
  expect(mseLoss([], [], { reduction: 'none' }).shape).toEqual([0]);
});

test('refuses what does not fit', () => {
  expect(
    messagesOf({
      'a column': () => mseLoss(ones([4]), ones([4, 1])),
      'another length': () => mseLoss(ones([2, 3]), ones([2, 4])),
      'two types': () => mseLoss(double([1]), ones([1])),
      'no such reduction': () => mseLoss([1], [1], { reduction: 'average' as 'mean' }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a column": "ShapeError: mseLoss: prediction is [4], target is [4, 1]; wanted one shape for both. Reshape one of them, for example \`reshape(target, [4])\`; broadcasting would compare every pair.",
      "another length": "ShapeError: mseLoss: prediction is [2, 3], target is [2, 4]; wanted one shape for both. Give as many numbers for the one as for the other; here nothing is broadcast.",
      "no such reduction": "ValueError: mseLoss: reduction is 'average'; wanted 'mean', 'sum' or 'none'. Leave it out for 'mean'.",
      "two types": "DataTypeError: mseLoss: prediction is float64, target is float32; wanted operands of one type. Convert one of them, for example \`cast(target, 'float64')\`.",
    }
  `);
});
