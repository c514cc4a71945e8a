import { builtInDigits } from '@tapegrad/datasets';
import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { filterPictures, type InlinePicture, pictureOf } from './pictures.ts';

function pixelsOf({ address }: InlinePicture) {
  const [head, base64] = address.split(',');
  expect(head).toBe('data:image/png;base64');
  const { data, width, height, channels } = decode(Buffer.from(base64, 'base64'));
  return { data: Array.from(data), width, height, channels };
}

test('a grey image is shown as it is stored', () => {
  const { test: digits } = builtInDigits({ train: 10, test: 10 });
  const stored = Array.from(digits.images.data.subarray(3 * 784, 4 * 784));
  expect(pixelsOf(pictureOf(digits, 3))).toEqual({ data: stored, width: 28, height: 28, channels: 1 });
});

test('an image with three channels is shown in colour', () => {
  const { test: digits } = builtInDigits({ train: 10, test: 10 });
  const images = digits.images.hi(3, 1, 2, 2).transpose(1, 0, 2, 3);
  images.set(0, 0, 0, 0, 10);
  images.set(0, 1, 0, 0, 20);
  images.set(0, 2, 0, 0, 30);
  const { data, channels } = pixelsOf(pictureOf({ ...digits, images }, 0));
  expect({ channels, first: data.slice(0, 3) }).toEqual({ channels: 3, first: [10, 20, 30] });
});

test('weights are orange below 0, white at 0 and blue above', () => {
  const [picture] = filterPictures([-2, 0, 1, 2], [1, 1, 2, 2], 2);
  expect(pixelsOf(picture).data).toEqual([213, 94, 0, 255, 255, 255, 128, 185, 217, 0, 114, 178]);
});

test('weights for three channels are a colour themselves', () => {
  const [picture] = filterPictures([-1, 0, 1], [1, 3, 1, 1], 1);
  expect(pixelsOf(picture).data).toEqual([0, 128, 255]);
});
