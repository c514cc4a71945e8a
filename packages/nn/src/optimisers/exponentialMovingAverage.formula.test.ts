import { expect, test } from 'vitest';
import { movingAverage } from './exponentialMovingAverage.ts';

test('goes a part of the way, for the first `length` numbers', () => {
  const average = Float64Array.of(0, 4, 4);
  movingAverage(average, Float32Array.of(1, 2, 2), 2, 0.75);
  expect([...average]).toEqual([0.25, 3.5, 4]);
});

test('stays at a constant, to the bit, and with decay 1 wherever it is', () => {
  const average = Float64Array.of(0.1, 1 / 3);
  for (let i = 0; i < 100; i++) movingAverage(average, Float64Array.of(0.1, 1 / 3), 2, 0.9);
  movingAverage(average, Float64Array.of(7, 8), 2, 1);
  expect([...average]).toEqual([0.1, 1 / 3]);
});
