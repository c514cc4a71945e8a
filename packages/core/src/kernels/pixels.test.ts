import { expect, test } from 'vitest';
import { putPixels, takePixels } from './pixels.ts';

// Two sets of two channels of three numbers.
const x = Float64Array.from({ length: 12 }, (_, i) => i + 1);
const pixels = Int32Array.of(2, -1, 0, 0, 1, 1, -1, 2);

test('takePixels reads the pixels of a set in each of its channels, and 0 outside', () => {
  const y = new Float64Array(16).fill(Number.NaN);
  takePixels(x, pixels, y, 2, 2, 3, 4);
  expect([...y]).toEqual([3, 0, 1, 1, 6, 0, 4, 4, 8, 8, 0, 9, 11, 11, 0, 12]);
});

test('putPixels adds to where takePixels reads', () => {
  const y = Float64Array.from({ length: 16 }, (_, i) => i + 1);
  const found = new Float64Array(12).fill(Number.NaN);
  putPixels(y, pixels, found, 2, 2, 3, 4);
  expect([...found]).toEqual([7, 0, 1, 15, 0, 5, 0, 19, 12, 0, 27, 16]);
});

test('nothing in, nothing out', () => {
  const found = new Float64Array(3).fill(Number.NaN);
  putPixels(new Float64Array(0), new Int32Array(0), found, 1, 1, 3, 0);
  expect([...found]).toEqual([0, 0, 0]);
  takePixels(new Float64Array(0), new Int32Array(0), new Float64Array(0), 0, 2, 3, 4);
});
