/* The ends of lines, whose length need not be divisible by four. */

/** Stores the first `count` of four lanes; all of them where `count` is larger. */
// @ts-ignore: decorator
@inline
export function storeFirst(address: usize, lanes: v128, count: i32): void {
  if (count >= 4) v128.store(address, lanes);
  else storeFew(address, lanes, count);
}

function storeFew(address: usize, lanes: v128, count: i32): void {
  if (count > 0) store<f32>(address, f32x4.extract_lane(lanes, 0));
  if (count > 1) store<f32>(address, f32x4.extract_lane(lanes, 1), 4);
  if (count > 2) store<f32>(address, f32x4.extract_lane(lanes, 2), 8);
}

/** The first `count` of four lanes, and `other` instead of the rest. */
// @ts-ignore: decorator
@inline
export function firstOr(lanes: v128, other: v128, count: i32): v128 {
  return v128.bitselect(lanes, other, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count)));
}
