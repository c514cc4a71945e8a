import { ValueError } from '@tapegrad/core';
import type { Picture } from './picture.ts';

/** Height and width in pixels; one number for both. */
export type PictureSize = number | readonly [height: number, width: number];

/**
 * How a picture comes to another shape: 'stretch' scales height and width each by its own factor; 'cover' scales both by the
 * larger of the two, and cuts what is too much off both sides equally.
 */
export type PictureFit = 'stretch' | 'cover';

/** Which pixels of a line make a pixel of the new one, and their weights. */
interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** `most` weights for each new pixel, of which `count` are used. */
  readonly weights: Float64Array;
  readonly most: number;
}

/**
 * The weights of a triangle as wide as the pixels it stands for: with scale s = `cut` / wanted and r = max(s, 1), pixel j of the
 * line counts for max(0, 1 - |j + 1/2 - c| / r) in pixel i, where c = from + (i + 1/2) s; the weights of each sum to 1. So pixels are
 * interpolated where a picture grows and averaged where it shrinks.
 */
function tapsOf(length: number, wanted: number, from: number, cut: number): Taps {
  const scale = cut / wanted;
  const reach = Math.max(scale, 1);
  const most = Math.ceil(2 * reach) + 2;
  const [first, count] = [new Int32Array(wanted), new Int32Array(wanted)];
  const weights = new Float64Array(wanted * most);
  for (let i = 0; i < wanted; i++) {
    const centre = from + (i + 0.5) * scale;
    first[i] = Math.max(0, Math.floor(centre - reach + 0.5));
    count[i] = Math.min(length, Math.floor(centre + reach + 0.5)) - first[i];
    let sum = 0;
    for (let tap = 0; tap < count[i]; tap++) {
      const weight = Math.max(0, 1 - Math.abs(first[i] + tap + 0.5 - centre) / reach);
      weights[i * most + tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < count[i]; tap++) weights[i * most + tap] /= sum;
  }
  return { first, count, weights, most };
}

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
