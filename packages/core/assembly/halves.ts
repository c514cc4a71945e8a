/* Four float32 numbers as two pairs of float64, and back. */

/** The first two. */
// @ts-ignore: decorator
@inline
export function lowHalf(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

/** The last two. */
// @ts-ignore: decorator
@inline
export function highHalf(x: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 1));
}

/** Both, rounded. */
// @ts-ignore: decorator
@inline
export function joined(low: v128, high: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}
