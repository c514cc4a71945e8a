import { tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { gradientsOf } from '../../../core/test/gradients.ts';
import { reduceLosses } from './reduce.ts';

const losses = tensor([
  [1, 2],
  [3, 6],
]);

test('the mean divides by the number of losses, or by what is given', () => {
  expect(reduceLosses('loss', losses, 'mean').toList()).toBe(3);
  expect(reduceLosses('loss', losses, 'mean', 6).toList()).toBe(2);
});

test('the sum and the losses themselves are not divided', () => {
  expect(reduceLosses('loss', losses, 'sum', 6).toList()).toBe(12);
  expect(reduceLosses('loss', losses, 'none', 6)).toBe(losses);
});

test('each loss gets its share of the gradient', () => {
  expect(gradientsOf((x) => reduceLosses('loss', x, 'mean', 8), [losses])).toEqual([
    [
      [1 / 8, 1 / 8],
      [1 / 8, 1 / 8],
    ],
  ]);
  expect(gradientsOf((x) => reduceLosses('loss', x, 'sum'), [losses])).toEqual([
    [
      [1, 1],
      [1, 1],
    ],
  ]);
});
