import { Random, tensor, zeros } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { gradientsOf } from '../../../core/test/gradients.ts';
import { Flatten } from './flatten.ts';

const context = { name: 'flatten1', random: new Random(1), dtype: 'float32' } as const;

test('lays each sample out as a row, channel after channel', () => {
  const flatten = new Flatten();
  expect(flatten.build([2, 1, 3], context)).toEqual([6]);
  const images = tensor([
    [[[1, 2, 3]], [[4, 5, 6]]],
    [[[7, 8, 9]], [[10, 11, 12]]],
  ]);
  expect(flatten.call(images).toList()).toEqual([
    [1, 2, 3, 4, 5, 6],
    [7, 8, 9, 10, 11, 12],
  ]);
});

test('leaves rows as they are, and makes rows of single numbers', () => {
  expect(new Flatten().build([4], context)).toEqual([4]);
  expect(new Flatten().call(zeros([3, 4])).shape).toEqual([3, 4]);
  expect(new Flatten().build([], context)).toEqual([1]);
  expect(new Flatten().call(zeros([3])).shape).toEqual([3, 1]);
});

test('keeps an empty batch', () => {
  expect(new Flatten().call(zeros([0, 2, 3, 3])).shape).toEqual([0, 18]);
});

test('hands gradients back in the shape of the images', () => {
  const cotangent = [1, 2, 3, 4, 5, 6, 7, 8];
  expect(gradientsOf((x) => new Flatten().call(x), [zeros([2, 1, 2, 2])], cotangent)).toEqual([
    [
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
      [
        [
          [5, 6],
          [7, 8],
        ],
      ],
    ],
  ]);
});

test('learns nothing', () => {
  expect(new Flatten().parameters).toEqual([]);
});
