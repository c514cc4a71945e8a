import { storeFirst } from './edges';
import { bytes } from './lanes';

/* What the poolings share: four windows beside each other, in four lanes. */

/** Four numbers, the next always `stride` numbers on. */
// @ts-ignore: decorator
@inline
export function spread(from: usize, stride: i32): v128 {
  if (stride == 1) return v128.load(from);
  if (stride == 2) return v128.shuffle<f32>(v128.load(from), v128.load(from, 16), 0, 2, 4, 6);
  const step = <usize>stride << 2;
  let lanes = v128.load32_zero(from);
  lanes = v128.load_lane<f32>(from + step, lanes, 1);
  lanes = v128.load_lane<f32>(from + 2 * step, lanes, 2);
  return v128.load_lane<f32>(from + 3 * step, lanes, 3);
}

/** The first window along an axis that does not begin in the padding. */
export function firstInside(padding: i32, stride: i32): i32 {
  return (padding + stride - 1) / stride;
}

/** One past the last window along an axis, of `count`, that does not end in the padding; `reach` is from its first to its last number. */
export function endInside(padding: i32, stride: i32, length: i32, reach: i32, count: i32): i32 {
  const room = length - 1 - reach + padding;
  return room < 0 ? 0 : min(count, room / stride + 1);
}

/** The first step of a window, starting at `start`, that is not in the padding in front. */
export function firstStep(start: i32, dilation: i32): i32 {
  return start < 0 ? (dilation - 1 - start) / dilation : 0;
}

/** One past the last step of a window that is not in the padding behind. */
export function endStep(start: i32, dilation: i32, length: i32, steps: i32): i32 {
  return start >= length ? 0 : min(steps, (length - start + dilation - 1) / dilation);
}

/** Copies rows into lines of `lineLength` numbers, from the number `left` on, with `other` on both sides; what is too long is cut. */
export function padRows(x: usize, lines: usize, rows: i32, width: i32, lineLength: i32, left: i32, other: f32): void {
  const others = f32x4.splat(other);
  const size = bytes(min(width, lineLength - left));
  for (let row = 0; row < rows; row++, x += bytes(width), lines += bytes(lineLength)) {
    for (let at: usize = 0; at < bytes(left); at += 16) v128.store(lines + at, others);
    const inside = lines + bytes(left);
    for (let at: usize = 0; at < size; at += 16) v128.store(inside + at, v128.load(x + at));
    const end = bytes(lineLength);
    for (let at = bytes(left) + size; at < end; at += 16) storeFirst(lines + at, others, <i32>((end - at) >> 2));
  }
}
