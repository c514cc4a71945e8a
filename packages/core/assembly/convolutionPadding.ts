import { bytes, zeros } from './lanes';

/**
 * Copies rows [first, first + rows) of padded images, `top` and `left` zeros before the image, each `targetWidth` wide;
 * a negative padding cuts off. May write up to 12 bytes past the end of the target.
 */
export function copyPadded(
  image: usize,
  channels: i32,
  height: i32,
  width: i32,
  top: i32,
  left: i32,
  first: i32,
  rows: i32,
  targetWidth: i32,
  target: usize,
): void {
  const shift = max(0, left);
  const cut = max(0, -left);
  const count = max(0, min(width - cut, targetWidth - shift));
  const behind = targetWidth - shift - count;
  for (let c = 0; c < channels; c++) {
    for (let r = 0; r < rows; r++) {
      const y = first + r - top;
      if (y < 0 || y >= height) {
        fillRow(target, targetWidth);
      } else {
        fillRow(target, shift);
        copyRow(image + bytes(y * width + cut), target + bytes(shift), count);
        fillRow(target + bytes(shift + count), behind);
      }
      target += bytes(targetWidth);
    }
    image += bytes(height * width);
  }
}

/** Writes `count` zeros, and up to three more: rows are filled from front to back. */
// @ts-ignore: decorator
@inline
function fillRow(target: usize, count: i32): void {
  const end = target + bytes(max(0, count));
  for (let at = target; at < end; at += 16) v128.store(at, zeros());
}

// @ts-ignore: decorator
@inline
function copyRow(source: usize, target: usize, count: i32): void {
  const end = bytes(count);
  for (let at: usize = 0; at < end; at += 16) v128.store(target + at, v128.load(source + at));
}

/** Copies `count` numbers and not one more. */
export function copyExactly(source: usize, target: usize, count: i32): void {
  const end = bytes(count);
  let at: usize = 0;
  for (; at + 16 <= end; at += 16) v128.store(target + at, v128.load(source + at));
  for (; at < end; at += 4) store<f32>(target + at, load<f32>(source + at));
}
