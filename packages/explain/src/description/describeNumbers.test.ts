import { tensor, transpose } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { describeNumbers } from './describeNumbers.ts';

const range = (numbers: number[]) => {
  const { smallest, largest } = describeNumbers(tensor(numbers, { dtype: 'float64' }), 1);
  return [smallest, largest];
};

test('the ends of the line', () => {
  expect(range([])).toEqual([null, null]);
  expect(range([1, Number.NaN, 2])).toEqual([Number.NaN, Number.NaN]);
  expect(range([Infinity, -Infinity])).toEqual([-Infinity, Infinity]);
  expect(range([0, -0])).toEqual([-0, 0]);
});

test('in row-major order, also where they lie otherwise', () => {
  const x = transpose(
    tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]),
  );
  expect(describeNumbers(x, Infinity)).toMatchObject({ shape: [3, 2], dtype: 'float32', numbers: [1, 4, 2, 5, 3, 6] });
});
