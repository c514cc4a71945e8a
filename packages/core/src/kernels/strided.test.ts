import { expect, test } from 'vitest';
import { copyStrided } from './strided.ts';

const x = Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

const copied = (start: number, shape: readonly number[], strides: readonly number[]): number[] => {
  const y = new Float64Array(shape.reduce((size, length) => size * length, 1));
  copyStrided(x, y, start, shape, strides);
  return [...y];
};

test('copyStrided lays out transposed, repeated, reversed and cut views', () => {
  expect(copied(0, [4, 3], [1, 4])).toEqual([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
  expect(copied(3, [2, 3], [0, 1])).toEqual([3, 4, 5, 3, 4, 5]);
  expect(copied(3, [2, 3], [1, 0])).toEqual([3, 3, 3, 4, 4, 4]);
  expect(copied(11, [3, 2], [-4, -2])).toEqual([11, 9, 7, 5, 3, 1]);
  expect(copied(1, [2, 2, 2], [6, 3, 1])).toEqual([1, 2, 4, 5, 7, 8, 10, 11]);
});

test('copyStrided takes one number for no axes, and none for an axis of length 0', () => {
  expect(copied(5, [], [])).toEqual([5]);
  expect(copied(0, [3, 0, 2], [4, 1, 1])).toEqual([]);
  expect(copied(0, [2, 0], [4, 1])).toEqual([]);
});
