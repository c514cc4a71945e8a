import { ones, type Tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { checkDerivatives, gradientsOf } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { expectFormula, reductions } from '../../test/regression.ts';
import { l1Loss } from './l1.ts';

test('by hand', () => {
  expect(l1Loss([1, 2.5, -3], [1, 2, 1], { reduction: 'none' }).toList()).toEqual([0, 0.5, 4]);
  expect(l1Loss([1, 2.5, -3], [1, 2, 1], { reduction: 'sum' }).item()).toBe(4.5);
  expect(l1Loss(double([1, 2.5, -3]), double([1, 2, 1])).item()).toBe(1.5);
});

test.each(dataTypes)('is |prediction - target|, in %s', (dtype) => {
  expectFormula(l1Loss, Math.abs, dtype);
});

test('pulls equally hard from any distance, and not at all at 0', () => {
  const total = (prediction: Tensor, target: Tensor) => l1Loss(prediction, target, { reduction: 'sum' });
  expect(gradientsOf((x) => total(x, double([0, 0, 0, 0])), [[-900, -0.1, 0, 7]])).toEqual([[-1, -1, 0, 1]]);
  expect(gradientsOf((t) => total(double([0, 0, 0, 0]), t), [[-900, -0.1, 0, 7]])).toEqual([[-1, -1, -0, 1]]);
});

test.each(reductions)('has the derivatives of its formula, reduction %s', (reduction) => {
  const loss = (prediction: Tensor, target: Tensor) => l1Loss(prediction, target, { reduction });
  checkDerivatives(loss, [
    [
      [1, -2],
      [0.5, 4],
    ],
    [
      [2, -3],
      [0.25, -4],
    ],
  ]);
});

test('of nothing is NaN on average, and 0 in all', () => {
  expect(l1Loss([], []).item()).toBeNaN();
  expect(l1Loss([], [], { reduction: 'sum' }).item()).toBe(0);
  expect(l1Loss([], [], { reduction: 'none' }).shape).toEqual([0]);
});

test('refuses what does not fit', () => {
  expect(
    messagesOf({
      'a column': () => l1Loss(ones([4]), ones([4, 1])),
      'two types': () => l1Loss(double([1]), ones([1])),
      'no such reduction': () => l1Loss([1], [1], { reduction: 'average' as 'mean' }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a column": "ShapeError: l1Loss: prediction is [4], target is [4, 1]; wanted one shape for both. Reshape one of them, for example \`reshape(target, [4])\`; broadcasting would compare every pair.",
      "no such reduction": "ValueError: l1Loss: reduction is 'average'; wanted 'mean', 'sum' or 'none'. Leave it out for 'mean'.",
      "two types": "DataTypeError: l1Loss: prediction is float64, target is float32; wanted operands of one type. Convert one of them, for example \`cast(target, 'float64')\`.",
    }
  `);
});
