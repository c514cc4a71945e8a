import { expect, test } from 'vitest';
import { exponentOf, median, quantile, spread } from './statistics.ts';

test('a quantile lies on the line between its neighbours, in whatever order they come', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(quantile([0, 10], 0.9)).toBe(9);
  expect(quantile([7], 0.9)).toBe(7);
  expect(median([])).toBeNaN();
});

test('the spread is what rounds lie apart, by their median, and unknown for one round', () => {
  expect(spread([10, 12, 9])).toBeCloseTo(0.3);
  expect(spread([10])).toBeNull();
});

test('the exponent of a power is found', () => {
  const batches = [16, 64, 256, 4096];
  expect(exponentOf(batches.map((x) => [x, 3 * x]))).toBeCloseTo(1);
  expect(exponentOf(batches.map((x) => [x, 5 * x ** 1.5]))).toBeCloseTo(1.5);
  expect(exponentOf(batches.map((x) => [x, 7]))).toBeCloseTo(0);
});
