import { expect, test } from 'vitest';
import { foldSlices, type SliceSizes, unfoldSlices } from './slices.ts';

/** Two channels of three slices of one number, met by two layers two slices apart, for two output slices, one zero in front. */
const sizes: SliceSizes = [1, 2, 3, 1, 2, 2, 1, 1, 2];

test('unfoldSlices writes what each output slice meets, layer beside layer, and zeros in the padding', () => {
  const y = new Float32Array(8).fill(Number.NaN);
  unfoldSlices(Float32Array.of(1, 2, 3, 4, 5, 6), y, ...sizes);
  expect([...y]).toEqual([0, 2, 0, 5, 1, 3, 4, 6]);
});

test('foldSlices adds everything back to the slice that it came from', () => {
  const x = new Float32Array(6).fill(Number.NaN);
  foldSlices(Float32Array.of(1, 2, 4, 8, 16, 32, 64, 128), x, ...sizes);
  expect([...x]).toEqual([16, 2, 32, 64, 8, 128]);
});
