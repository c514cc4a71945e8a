import { expect, test } from 'vitest';
import { image, signal } from '../windows/axes.ts';
import { resizedAxes } from './resizedAxes.ts';

test('says which two neighbours each output reads, and the share of the upper one', () => {
  expect(resizedAxes('interpolate', [1, 1, 2], signal, { size: 4, mode: 'linear' })).toEqual([
    { lower: Int32Array.of(0, 0, 0, 1), upper: Int32Array.of(1, 1, 1, 1), shares: Float64Array.of(0, 0.25, 0.75, 0) },
  ]);
  expect(resizedAxes('interpolate', [1, 1, 4], signal, { size: 2 })).toEqual([
    { lower: Int32Array.of(0, 2), upper: Int32Array.of(1, 3), shares: null },
  ]);
});

test('leaves an axis alone that stays as long as it is', () => {
  const [height, width] = resizedAxes('interpolate', [1, 1, 3, 2], image, { size: [3, 4], mode: 'bilinear' });
  expect([height, width?.lower]).toEqual([null, Int32Array.of(0, 0, 0, 1)]);
});

test('nearest counts in whole numbers: 3·(1/3) is no hair below 1', () => {
  for (let length = 1; length < 50; length++) {
    const [resized] = resizedAxes('interpolate', [1, 1, length], signal, { scale: 3 });
    expect(resized?.lower).toEqual(Int32Array.from({ length: 3 * length }, (_, i) => Math.floor(i / 3)));
  }
});
