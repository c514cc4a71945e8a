import { multiply, ones, type Tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { between } from '../../test/between.ts';
import { curvature } from '../../test/curvature.ts';
import { expectFormula, reductions, sides } from '../../test/regression.ts';
import { huberLoss } from './huber.ts';
import { mseLoss } from './mse.ts';
import { smoothL1Loss } from './smoothL1.ts';

/** The loss of distances, added up. */
const total = (delta: number) => (distance: Tensor) =>
  huberLoss(distance, double(new Float64Array(distance.size)), { delta, reduction: 'sum' });

test('by hand', () => {
  expect(huberLoss([1, 2.5, -3], [1, 2, 1], { reduction: 'none' }).toList()).toEqual([0, 0.125, 3.5]);
  expect(huberLoss([1, 2.5, -3], [1, 2, 1], { delta: 2, reduction: 'sum' }).item()).toBe(6.125);
  expect(huberLoss(double([1, 2.5, -3]), double([1, 2, 1]), { delta: 0.5 }).item()).toBe(2 / 3);
});

test.each(dataTypes)('is a parabola up to δ and a line beyond, in %s', (dtype) => {
  for (const delta of [0.25, 1, 3]) {
    expectFormula(
      (prediction, target, options) => huberLoss(prediction, target, { delta, ...options }),
      (d) => (Math.abs(d) <= delta ? d ** 2 / 2 : delta * (Math.abs(d) - delta / 2)),
      dtype,
    );
  }
});

test('is δ times the smooth L1 loss with β = δ', () => {
  fc.assert(
    fc.property(sides, between(0.1, 10), ([prediction, target], delta) => {
      const smooth = smoothL1Loss(prediction, target, { beta: delta, reduction: 'none' });
      expectClose(huberLoss(prediction, target, { delta, reduction: 'none' }), multiply(delta, smooth), 1e-13);
    }),
  );
});

test('is half the squared error while nothing is as far as δ', () => {
  fc.assert(
    fc.property(sides, ([prediction, target]) => {
      const squared = mseLoss(prediction, target, { reduction: 'none' });
      expectClose(huberLoss(prediction, target, { delta: 1e9, reduction: 'none' }), multiply(0.5, squared), 1e-13);
    }),
  );
});

test('pulls by the distance, but never harder than δ', () => {
  expect(gradientsOf(total(2), [[-900, -2, -0.5, 0, 0.5, 2, 900]])).toEqual([[-2, -2, -0.5, 0, 0.5, 2, 2]]);
});

test('bends inside δ, and neither at δ nor beyond', () => {
  expect(curvature(total(2), [-3, -2, -1, 0, 1, 2, 3])).toEqual([0, 0, 1, 1, 1, 0, 0]);
});

test.each(reductions)('has the derivatives of its formula, reduction %s', (reduction) => {
  const loss = (prediction: Tensor, target: Tensor) => huberLoss(prediction, target, { delta: 1.5, reduction });
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
  expect(huberLoss([], []).item()).toBeNaN();
  expect(huberLoss([], [], { reduction: 'sum' }).item()).toBe(0);
  expect(huberLoss([], [], { reduction: 'none' }).shape).toEqual([0]);
});

test('refuses what does not fit', () => {
  expect(
    messagesOf({
      'a column': () => huberLoss(ones([4]), ones([4, 1])),
      'two types': () => huberLoss(double([1]), ones([1])),
      'no δ': () => huberLoss([1], [1], { delta: 0 }),
      'a negative δ': () => huberLoss([1], [1], { delta: -1 }),
      'δ of NaN': () => huberLoss([1], [1], { delta: Number.NaN }),
      'no end to δ': () => huberLoss([1], [1], { delta: Infinity }),
      'no such reduction': () => huberLoss([1], [1], { reduction: 'average' as 'mean' }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a column": "ShapeError: huberLoss: prediction is [4], target is [4, 1]; wanted one shape for both. Reshape one of them, for example \`reshape(target, [4])\`; broadcasting would compare every pair.",
      "a negative δ": "ValueError: huberLoss: delta is -1; wanted a finite number greater than 0. For small δ use \`l1Loss\`, which is huberLoss / δ there; for large δ half of \`mseLoss\`.",
      "no end to δ": "ValueError: huberLoss: delta is Infinity; wanted a finite number greater than 0. For small δ use \`l1Loss\`, which is huberLoss / δ there; for large δ half of \`mseLoss\`.",
      "no such reduction": "ValueError: huberLoss: reduction is 'average'; wanted 'mean', 'sum' or 'none'. Leave it out for 'mean'.",
      "no δ": "ValueError: huberLoss: delta is 0; wanted a finite number greater than 0. For small δ use \`l1Loss\`, which is huberLoss / δ there; for large δ half of \`mseLoss\`.",
      "two types": "DataTypeError: huberLoss: prediction is float64, target is float32; wanted operands of one type. Convert one of them, for example \`cast(target, 'float64')\`.",
      "δ of NaN": "ValueError: huberLoss: delta is NaN; wanted a finite number greater than 0. For small δ use \`l1Loss\`, which is huberLoss / δ there; for large δ half of \`mseLoss\`.",
    }
  `);
});
