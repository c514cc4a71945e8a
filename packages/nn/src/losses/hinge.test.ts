import { ones, type Tensor, tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientsOf, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { reductions } from '../../test/regression.ts';
import { hingeLoss } from './hinge.ts';
import { multiMarginLoss } from './multiMargin.ts';

test('by hand', () => {
  expect(hingeLoss([2, 0.5, 0, -1], [1, 1, 1, 1], { reduction: 'none' }).toList()).toEqual([0, 0.5, 1, 2]);
  expect(hingeLoss([2, 0.5, 0, -1], [-1, -1, -1, -1], { reduction: 'none' }).toList()).toEqual([3, 1.5, 1, 0]);
  expect(hingeLoss([2, 0.5], [-1, 1], { reduction: 'sum' }).item()).toBe(3.5);
  expect(hingeLoss([2, 0.5], [-1, 1]).item()).toBe(1.75);
});

test('bounds the number of wrong signs from above', () => {
  fc.assert(
    fc.property(fc.double({ min: -5, max: 5, noNaN: true }), fc.constantFrom(-1, 1), (prediction, target) => {
      const isWrong = prediction * target <= 0;
      expect(hingeLoss(double([prediction]), double([target])).item()).toBeGreaterThanOrEqual(isWrong ? 1 : 0);
    }),
  );
});

test('is twice the multi-class hinge of the logits [0, x]', () => {
  for (const x of [-2, 0.25, 3]) {
    expectClose(hingeLoss([x], [1]), 2 * multiMarginLoss([[0, x]], [1]).item(), 1e-7);
  }
});

test('pulls towards the target until the margin is met; at the kink not at all', () => {
  const loss = (x: Tensor) => hingeLoss(x, double([1, 1, 1, -1]), { reduction: 'sum' });
  expectClose(gradientTensors(loss, [[0.5, 1, 2, 0.5]])[0], [-1, 0, 0, 1], 0);
});

test.each(reductions)('has the derivatives of its formula, reduction %s', (reduction) => {
  checkDerivatives((x) => hingeLoss(x, double([1, -1, 1, -1]), { reduction }), [[0.5, 0.25, 2, -3]]);
});

test.each(dataTypes)('at the ends of the line, in %s', (dtype) => {
  const x = tensor([1000, -1000, Infinity, -Infinity, Number.NaN], { dtype });
  const losses = hingeLoss(x, tensor([1, 1, 1, 1, 1], { dtype }), { reduction: 'none' });
  expect(losses.toList()).toEqual([0, 1001, 0, Infinity, Number.NaN]);
  expect(gradientsOf((x) => hingeLoss(x, [], { reduction: 'sum' }), [new Float64Array()])).toEqual([[]]);
  expect(hingeLoss([], []).item()).toBeNaN();
});

test('refuses what does not fit', () => {
  expect(
    messagesOf({
      'a column': () => hingeLoss(ones([4]), ones([4, 1])),
      '0 and 1': () => hingeLoss(ones([2]), [1, 0]),
      'no sign': () => hingeLoss(ones([2]), [-1, 0.5]),
      NaN: () => hingeLoss(ones([1]), [Number.NaN]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "0 and 1": "ValueError: hingeLoss: target[1] is 0; wanted 1 or -1. The target seems to hold 0 for no and 1 for yes: use \`subtract(multiply(2, target), 1)\`.",
      "NaN": "ValueError: hingeLoss: target[0] is NaN; wanted 1 or -1. Give 1 for the one class and -1 for the other.",
      "a column": "ShapeError: hingeLoss: prediction is [4], target is [4, 1]; wanted one shape for both. Reshape one of them, for example \`reshape(target, [4])\`; broadcasting would compare every pair.",
      "no sign": "ValueError: hingeLoss: target[1] is 0.5; wanted 1 or -1. Give 1 for the one class and -1 for the other.",
    }
  `);
});
