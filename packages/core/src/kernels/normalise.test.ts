import { expect, test } from 'vitest';
import { normalise, normaliseGradient, normaliseSums } from './normalise.ts';

/** Two examples of two channels of two numbers; mean 2 and variance 1 of one, 10 and 4 of the other. */
const x = Float64Array.of(1, 3, 8, 12, 3, 1, 12, 8);
const moments = Float64Array.of(2, 0, 1, 10, 0, 4);
const [weight, bias] = [Float64Array.of(2, 3), Float64Array.of(10, -1)];

test('normalise by hand: alone, with a residual, and cut off at 0', () => {
  const y = new Float64Array(8);
  normalise(x, moments, weight, bias, null, y, 4, 2, 2, 0, 0, 0);
  expect([...y]).toEqual([8, 12, -4, 2, 12, 8, 2, -4]);
  normalise(x, moments, weight, bias, Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8), y, 4, 2, 2, 0, 0, 1);
  expect([...y]).toEqual([9, 14, 0, 6, 17, 14, 9, 4]);
});

test('normalise by groups of neighbouring lines', () => {
  const y = new Float64Array(8);
  normalise(x, Float64Array.of(6, 0, 4, 6, 0, 4), weight, bias, null, y, 4, 2, 2, 2, 0, 0);
  expect([...y]).toEqual([5, 7, 2, 8, 7, 5, 8, 2]);
});

test('its gradient, from the sums of each line, where the gate is open', () => {
  const g = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const gate = Float64Array.of(1, 1, 1, 0, -1, 1, 1, Number.NaN);
  const sums = new Float64Array(8);
  normaliseSums(g, gate, x, moments, sums, 4, 2, 2, 0, 0);
  expect([...sums]).toEqual([3, 1, 3, -3, 6, -6, 7, 7]);
  normaliseSums(g, null, x, moments, sums, 4, 2, 2, 0, 0);
  expect([...sums]).toEqual([3, 1, 7, 1, 11, -1, 15, -1]);
  const xGradient = new Float64Array(8);
  normaliseGradient(g, null, x, moments, weight, sums, xGradient, 4, 2, 2, 0, 0);
  // mean(g·weight) is 7 and 16.5, mean(g·weight·n) is 0 for both.
  expect([...xGradient]).toEqual([-5, -3, -3.75, -2.25, 3, 5, 2.25, 3.75]);
});
