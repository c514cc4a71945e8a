/* Images with the channels of a pixel beside each other, cut and padded to what a convolution sees of them. */

import { bytes } from './lanes';

/** image[row, column, c] = x[c, row - top, column - left], and 0 outside of x. */
export function toChannelsLast(
  x: usize, image: usize, channels: i32, height: i32, width: i32, paddedHeight: i32, paddedWidth: i32, top: i32, left: i32,
): void {
  const pixel = bytes(channels), row = bytes(paddedWidth * channels), plane = bytes(height * width);
  const inside = max(0, min(width, paddedWidth - left)), whole = inside & ~3;
  const before = min(left, paddedWidth), behind = max(0, paddedWidth - left - inside);
  for (let r = 0; r < paddedHeight; r++, image += row) {
    const y = r - top;
    if (y < 0 || y >= height) {
      memory.fill(image, 0, row);
      continue;
    }
    if (before > 0) memory.fill(image, 0, bytes(before * channels));
    const from = x + bytes(y * width), to = image + bytes(before * channels);
    for (let column = 0; column < whole; column += 4) {
      let source = from + bytes(column), target = to + bytes(column * channels), c = 0;
      for (; c + 4 <= channels; c += 4) {
        transpose(source, plane, target, pixel);
        source += plane << 2;
        target += 16;
      }
      for (; c < channels; c++) {
        for (let k = 0; k < 4; k++) store<f32>(target + pixel * k, load<f32>(source + bytes(k)));
        source += plane;
        target += 4;
      }
    }
    for (let column = whole; column < inside; column++) {
      const target = to + bytes(column * channels);
      for (let c = 0; c < channels; c++) store<f32>(target + bytes(c), load<f32>(from + bytes(column) + plane * c));
    }
    if (behind > 0) memory.fill(to + bytes(inside * channels), 0, bytes(behind * channels));
  }
}

/**
 * x[c, row, column] = image[row + top, column + left, c], and 0 where the image does not reach: the transpose of
 * toChannelsLast. Pixels of the image are `pixel` bytes, a multiple of 16.
 */
export function fromChannelsLast(
  image: usize, pixel: usize, x: usize, channels: i32, height: i32, width: i32, paddedHeight: i32, paddedWidth: i32, top: i32, left: i32,
): void {
  const plane = bytes(height * width), inside = max(0, min(width, paddedWidth - left)), whole = inside & ~3;
  for (let y = 0; y < height; y++, x += bytes(width)) {
    const r = y + top, isInside = r < paddedHeight;
    const columns = isInside ? inside : 0, vectors = isInside ? whole : 0;
    const from = image + pixel * (r * paddedWidth + left);
    for (let column = 0; column < vectors; column += 4) {
      let source = from + pixel * column, target = x + bytes(column), c = 0;
      for (; c + 4 <= channels; c += 4) {
        transpose(source, pixel, target, plane);
        source += 16;
        target += plane << 2;
      }
      for (; c < channels; c++) {
        for (let k = 0; k < 4; k++) store<f32>(target + bytes(k), load<f32>(source + pixel * k));
        source += 4;
        target += plane;
      }
    }
    for (let c = 0; c < channels; c++) {
      const target = x + plane * c;
      for (let column = vectors; column < columns; column++) {
        store<f32>(target + bytes(column), load<f32>(from + pixel * column + bytes(c)));
      }
      if (columns < width) memory.fill(target + bytes(columns), 0, bytes(width - columns));
    }
  }
}

/** Writes four vectors, `sourceStep` bytes apart, as the columns of four, `targetStep` bytes apart. */
// @ts-ignore: decorator
@inline
function transpose(source: usize, sourceStep: usize, target: usize, targetStep: usize): void {
  const a = v128.load(source), b = v128.load(source + sourceStep);
  const c = v128.load(source + sourceStep * 2), d = v128.load(source + sourceStep * 3);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7), cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(target + targetStep, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(target + targetStep * 2, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
  v128.store(target + targetStep * 3, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
}
