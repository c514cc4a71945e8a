import { expect, test } from 'vitest';
import { standardise, standardiseGradient } from './normalisation.ts';

test('standardise by hand: two groups of two rows', () => {
  const x = Float64Array.of(1, 3, 10, 10, 5, 7, 10, 14);
  const [y, mean, variance] = [new Float64Array(8), new Float64Array(2), new Float64Array(2)];
  standardise(x, y, mean, variance, 2, 2, 2, 4);
  expect([...mean]).toEqual([4, 11]);
  expect([...variance]).toEqual([5, 3]);
  const wanted = [
    -3 / 3,
    -1 / 3,
    -1 / Math.sqrt(7),
    -1 / Math.sqrt(7),
    1 / 3,
    3 / 3,
    -1 / Math.sqrt(7),
    3 / Math.sqrt(7),
  ];
  y.forEach((number, at) => {
    expect(number).toBeCloseTo(wanted[at], 14);
  });
});

test('a mean that is large beside the deviations costs no digits in float32', () => {
  const x = Float32Array.of(16_777_216, 16_777_218);
  const [y, mean, variance] = [new Float32Array(2), new Float32Array(1), new Float32Array(1)];
  standardise(x, y, mean, variance, 1, 1, 2, 0);
  expect([...y, ...variance]).toEqual([-1, 1, 1]);
});

test('no groups, and groups of nothing', () => {
  const none = new Float64Array(0);
  standardise(none, none, none, none, 3, 0, 2, 1e-5);
  const [mean, variance] = [new Float64Array(2), new Float64Array(2)];
  standardise(none, none, mean, variance, 0, 2, 5, 1e-5);
  expect([...mean, ...variance]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
});

test('its gradient is blind to what standardising takes away', () => {
  const y = Float64Array.of(-1, 1, -1, 1);
  const x = new Float64Array(4);
  // A constant, and y itself, are the two directions that are lost.
  standardiseGradient(Float64Array.of(7, 7, 7, 7), y, Float64Array.of(2), x, 1, 1, 4);
  expect([...x]).toEqual([0, 0, 0, 0]);
  standardiseGradient(y, y, Float64Array.of(2), x, 1, 1, 4);
  expect([...x].map(Math.abs)).toEqual([0, 0, 0, 0]);
  standardiseGradient(Float64Array.of(1, 1, -1, -1), y, Float64Array.of(2), x, 2, 1, 2);
  expect([...x]).toEqual([0.5, 0.5, -0.5, -0.5]);
});
