import { expect, test } from 'vitest';
import { moments, standardise, standardiseGradient } from './normalisation.ts';

test('standardise by hand: two groups of two rows', () => {
  const x = Float64Array.of(1, 3, 10, 10, 5, 7, 10, 14);
  const [y, found] = [new Float64Array(8), new Float64Array(6)];
  moments(x, found, 2, 2, 2);
  expect([...found]).toEqual([4, 0, 5, 11, 0, 3]);
  standardise(x, found, y, 2, 2, 2, 4);
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
  const [y, found] = [new Float32Array(2), new Float64Array(3)];
  moments(x, found, 1, 1, 2);
  standardise(x, found, y, 1, 1, 2, 0);
  expect([...y, found[2]]).toEqual([-1, 1, 1]);
});

test('no groups, and groups of nothing', () => {
  const none = new Float64Array(0);
  moments(none, none, 3, 0, 2);
  standardise(none, none, none, 3, 0, 2, 1e-5);
  const found = new Float64Array(6);
  moments(none, found, 0, 2, 5);
  expect([...found]).toEqual(new Array(6).fill(Number.NaN));
  standardise(none, found, none, 0, 2, 5, 1e-5);
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
