import { Random } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { drawn } from './draw.ts';

test('numbers are drawn in row-major order, as many as the shape has elements', () => {
  let count = 0;
  const next = () => ++count;
  expect(drawn({ shape: [2, 3], random: new Random(1) }, next).toList()).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(drawn({ shape: [0, 3], random: new Random(1) }, next).shape).toEqual([0, 3]);
  expect(count).toBe(6);
});

test('they are rounded to float32 unless float64 is asked for', () => {
  const options = { shape: [1], random: new Random(1) };
  expect(drawn(options, () => 0.1).toList()).toEqual([Math.fround(0.1)]);
  expect(drawn({ ...options, dtype: 'float64' }, () => 0.1).toList()).toEqual([0.1]);
});
