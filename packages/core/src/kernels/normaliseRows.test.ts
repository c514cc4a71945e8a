import { expect, test } from 'vitest';
import { normaliseRows, normaliseRowsGradient, normaliseRowsSums } from './normaliseRows.ts';

/** Two rows of four; mean 2 and variance 1 of one, 10 and 4 of the other. */
const x = Float64Array.of(1, 3, 1, 3, 8, 12, 12, 8);
const moments = Float64Array.of(2, 0, 1, 9, 1, 4);
const [weight, bias] = [Float64Array.of(2, 3, 1, -1), Float64Array.of(10, -1, 0, 1)];

test('normalise rows by hand: alone, with a residual, and cut off at 0', () => {
  const y = new Float64Array(8);
  normaliseRows(x, moments, weight, bias, null, y, 2, 4, 0, 0);
  expect([...y]).toEqual([8, 2, -1, 0, 8, 2, 1, 2]);
  normaliseRows(x, moments, weight, bias, Float64Array.of(1, 2, 0, -4, 5, 6, 7, 8), y, 2, 4, 0, 1);
  expect([...y]).toEqual([9, 4, 0, 0, 13, 8, 8, 10]);
});

test('the sums of each column, where the gate is open', () => {
  const [g, sums] = [Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8), new Float64Array(8)];
  normaliseRowsSums(g, null, x, moments, sums, 2, 4, 0);
  expect([...sums]).toEqual([6, -6, 8, 8, 10, 4, 12, -4]);
  const gate = Float64Array.of(1, 1, 1, 0, -1, 1, 1, Number.NaN);
  normaliseRowsSums(g, gate, x, moments, sums, 2, 4, 0);
  expect([...sums]).toEqual([1, -1, 8, 8, 10, 4, 0, 0]);
});

test('the gradient is blind to what normalising takes away', () => {
  const [even, xGradient] = [Float64Array.of(1, 1, 1, 1), new Float64Array(8)];
  normaliseRowsGradient(Float64Array.of(7, 7, 7, 7, -1, 1, 1, -1), null, x, moments, even, xGradient, 2, 4, 0);
  expect([...xGradient].map(Math.abs)).toEqual(new Array(8).fill(0));
  const g = Float64Array.of(2, 0, 0, 0, 4, 0, 0, 0);
  normaliseRowsGradient(g, null, x, moments, weight, xGradient, 2, 4, 0);
  // g·weight is 4 and 8 at the first column: its mean 1 and 2, its mean product with n -1 and -2.
  expect([...xGradient]).toEqual([2, 0, -2, 0, 2, 0, 0, -2]);
  normaliseRowsGradient(g, Float64Array.of(0, 1, 1, 1, 1, 1, 1, 1), x, moments, weight, xGradient, 2, 4, 0);
  expect([...xGradient].slice(0, 4).map(Math.abs)).toEqual([0, 0, 0, 0]);
});
