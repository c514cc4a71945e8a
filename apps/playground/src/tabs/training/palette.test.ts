import { expect, test } from 'vitest';
import { greyPixels, negative, positive, scaleOf, signedPixels } from './palette.ts';

test('sign is hue, size is opacity; nothing is the ground', () => {
  expect([...signedPixels([2, -1, 0, 9, Number.NaN], 2)]).toEqual([
    ...positive,
    255,
    ...negative,
    128,
    ...positive,
    0,
    ...positive,
    255,
    255,
    0,
    0,
    255,
  ]);
});

test('an infinity hides the rest, but nothing breaks', () => {
  expect([...signedPixels([Infinity, -1], scaleOf([Infinity, -1]))].filter((_, i) => i % 4 === 3)).toEqual([255, 255]);
});

test('grey pixels are as they are', () => {
  expect([...greyPixels([0, 200])]).toEqual([0, 0, 0, 255, 200, 200, 200, 255]);
});

test('the scale is the largest size', () => {
  expect(scaleOf([1, -3, 2])).toBe(3);
  expect(scaleOf([0, Number.NaN])).toBe(1);
  expect(scaleOf([])).toBe(1);
});
