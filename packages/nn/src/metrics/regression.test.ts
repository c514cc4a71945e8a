import { tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { meanAbsoluteError, rSquared } from './regression.ts';

test('by hand', () => {
  expect(meanAbsoluteError([1, 2, 3], [2, 2, 5])).toBe(1);
  // Σ(target - prediction)² = 1.5, and the targets vary by 29.1875 around their mean 2.875.
  expect(rSquared([2.5, 0, 2, 8], [3, -0.5, 2, 7])).toBeCloseTo(1 - 1.5 / 29.1875, 12);
});

test('the mean of the targets explains nothing; what is worse is below 0', () => {
  expect(rSquared([2, 2, 2], [1, 2, 3])).toBe(0);
  expect(rSquared([3, 2, 1], [1, 2, 3])).toBe(-3);
  expect(rSquared([1, 2, 3], [1, 2, 3])).toBe(1);
});

test('equal targets are met, or not', () => {
  expect(rSquared([1, 1], [1, 1])).toBe(1);
  expect(rSquared([1, 2], [1, 1])).toBe(0);
});

test('says what does not fit', () => {
  expect(
    messagesOf({
      'a column beside a row': () => rSquared(tensor([[1], [2]]), [1, 2]),
      'another length': () => meanAbsoluteError([1], [1, 2]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a column beside a row": "ShapeError: rSquared: predictions are [2, 1], targets are [2]; wanted two of the same shape. Reshape one of them: [batch, 1] beside [batch] would compare each with each.",
      "another length": "ShapeError: meanAbsoluteError: predictions are [1], targets are [2]; wanted two of the same shape. Reshape one of them: [batch, 1] beside [batch] would compare each with each.",
    }
  `);
});
