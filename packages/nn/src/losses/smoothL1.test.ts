import { ones, type Tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { curvature } from '../../test/curvature.ts';
import { expectFormula, reductions, sides } from '../../test/regression.ts';
import { l1Loss } from './l1.ts';
import { smoothL1Loss } from './smoothL1.ts';

/** The loss of distances, added up. */
const total = (beta: number) => (distance: Tensor) =>
  smoothL1Loss(distance, double(new Float64Array(distance.size)), { beta, reduction: 'sum' });

test('by hand', () => {
  expect(smoothL1Loss([1, 2.5, -3], [1, 2, 1], { reduction: 'none' }).toList()).toEqual([0, 0.125, 3.5]);
  expect(smoothL1Loss([1, 2.5, -3], [1, 2, 1], { beta: 2, reduction: 'sum' }).item()).toBe(3.0625);
  expect(smoothL1Loss(double([1, 2.5, -3]), double([1, 2, 1]), { beta: 0.5 }).item()).toBe(4 / 3);
});

test.each(dataTypes)('is a parabola below β and a line of slope 1 from there on, in %s', (dtype) => {
  for (const beta of [0.25, 1, 3]) {
    expectFormula(
      (prediction, target, options) => smoothL1Loss(prediction, target, { beta, ...options }),
      (d) => (Math.abs(d) < beta ? d ** 2 / (2 * beta) : Math.abs(d) - beta / 2),
      dtype,
    );
  }
});

test('with β = 0 is the L1 loss', () => {
  fc.assert(
    fc.property(sides, fc.constantFrom(...reductions), ([prediction, target], reduction) => {
      expectSame(smoothL1Loss(prediction, target, { beta: 0, reduction }), l1Loss(prediction, target, { reduction }));
    }),
  );
  expect(gradientsOf(total(0), [[-0.1, 0, 7]])).toEqual([[-1, 0, 1]]);
});

test('pulls by the distance over β, but never harder than 1', () => {
  expect(gradientsOf(total(2), [[-900, -2, -0.5, 0, 0.5, 2, 900]])).toEqual([[-1, -1, -0.25, 0, 0.25, 1, 1]]);
});

test('bends inside β, and neither at β nor beyond', () => {
  expect(curvature(total(2), [-3, -2, -1, 0, 1, 2, 3])).toEqual([0, 0, 0.5, 0.5, 0.5, 0, 0]);
});

test.each(reductions)('has the derivatives of its formula, reduction %s', (reduction) => {
  const loss = (prediction: Tensor, target: Tensor) => smoothL1Loss(prediction, target, { beta: 1.5, reduction });
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
  expect(smoothL1Loss([], []).item()).toBeNaN();
  expect(smoothL1Loss([], [], { reduction: 'sum' }).item()).toBe(0);
  expect(smoothL1Loss([], [], { reduction: 'none' }).shape).toEqual([0]);
});

test('refuses what does not fit', () => {
  expect(
    messagesOf({
      'a column': () => smoothL1Loss(ones([4]), ones([4, 1])),
      'a column, with β = 0': () => smoothL1Loss(ones([4]), ones([4, 1]), { beta: 0 }),
      'a negative β': () => smoothL1Loss([1], [1], { beta: -1 }),
      'β of NaN': () => smoothL1Loss([1], [1], { beta: Number.NaN }),
      'no such reduction': () => smoothL1Loss([1], [1], { reduction: 'average' as 'mean' }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a column": "ShapeError: smoothL1Loss: prediction is [4], target is [4, 1]; wanted one shape for both. Reshape one of them, for example \`reshape(target, [4])\`; broadcasting would compare every pair.",
      "a column, with β = 0": "ShapeError: smoothL1Loss: prediction is [4], target is [4, 1]; wanted one shape for both. Reshape one of them, for example \`reshape(target, [4])\`; broadcasting would compare every pair.",
      "a negative β": "ValueError: smoothL1Loss: beta is -1; wanted a number of at least 0. Give the distance below which the loss should be a parabola.",
      "no such reduction": "ValueError: smoothL1Loss: reduction is 'average'; wanted 'mean', 'sum' or 'none'. Leave it out for 'mean'.",
      "β of NaN": "ValueError: smoothL1Loss: beta is NaN; wanted a number of at least 0. Give the distance below which the loss should be a parabola.",
    }
  `);
});
