import { ValueError } from '@tapegrad/core';
import type { Picture } from './picture.ts';
import { type Taps, tapsOf } from './taps.ts';

/** Height and width in pixels; one number for both. */
export type PictureSize = number | readonly [height: number, width: number];

/**
 * How a picture comes to another shape: 'stretch' scales height and width each by its own factor; 'cover' scales both by the
 * larger of the two, and cuts what is too much off both sides equally.
 */
export type PictureFit = 'stretch' | 'cover';

/**
 * The picture in another size: bilinear where it grows, the mean under a triangle where it shrinks (what Pillow calls BILINEAR
 * and PyTorch bilinear with antialias), rounded once at the end.
 *
 * @throws ValueError when the size is not of whole numbers from 1 to 16384
 */
export function resized(picture: Picture, size: PictureSize, fit: PictureFit = 'stretch'): Picture {
  const [height, width] = sizeOf(size);
  if (picture.height === height && picture.width === width) return picture;
  const { channels, data } = picture;
  const scale = Math.min(picture.height / height, picture.width / width);
  const [cutHeight, cutWidth] = fit === 'cover' ? [scale * height, scale * width] : [picture.height, picture.width];
  const columns = tapsOf(picture.width, width, (picture.width - cutWidth) / 2, cutWidth);
  const rows = tapsOf(picture.height, height, (picture.height - cutHeight) / 2, cutHeight);
  const narrow = new Float64Array(picture.height * width * channels);
  for (let y = 0; y < picture.height; y++) {
    along(data, y * picture.width * channels, channels, channels, columns, narrow, y * width * channels, channels);
  }
  const small = new Uint8Array(height * width * channels);
  const sums = new Float64Array(width * channels);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let tap = 0; tap < rows.count[y]; tap++) {
      const weight = rows.weights[y * rows.most + tap];
      const start = (rows.first[y] + tap) * sums.length;
      for (let at = 0; at < sums.length; at++) sums[at] += weight * narrow[start + at];
    }
    for (let at = 0; at < sums.length; at++) small[y * sums.length + at] = Math.round(sums[at]);
  }
  return { width, height, channels, data: small };
}

/** One line of `channels` numbers side by side, with these weights. */
function along(
  data: Uint8Array,
  start: number,
  stride: number,
  channels: number,
  { first, count, weights, most }: Taps,
  written: Float64Array,
  to: number,
  step: number,
): void {
  for (let x = 0; x < first.length; x++) {
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0;
      for (let tap = 0; tap < count[x]; tap++) {
        sum += weights[x * most + tap] * data[start + (first[x] + tap) * stride + channel];
      }
      written[to + x * step + channel] = sum;
    }
  }
}

/** Height and width of a size. @throws ValueError when they are not whole numbers from 1 to 16384 */
export function sizeOf(size: PictureSize, operation = 'size'): readonly [height: number, width: number] {
  const given: readonly unknown[] = typeof size === 'number' ? [size, size] : Array.isArray(size) ? size : [];
  const isRight = (length: unknown): length is number =>
    Number.isInteger(length) && Number(length) >= 1 && Number(length) <= 16384;
  const [height, width] = given;
  if (given.length === 2 && isRight(height) && isRight(width)) return [height, width];
  throw new ValueError({
    operation,
    got: `size is ${JSON.stringify(size)}`,
    wanted: 'a whole number from 1 to 16384, or height and width',
    remedy: 'Pass 32, or [32, 48]',
  });
}
