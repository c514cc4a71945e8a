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
