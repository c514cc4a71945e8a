import { storeFirst } from './edges';
import { highHalf, joined, lowHalf } from './halves';
import { bytes, zeros } from './lanes';

/* Where a straight line is cut off at 0 and 1. The line is computed in float64, so that its kinks lie where they should. */

// @ts-ignore: decorator
@inline
function line(x: v128, alpha: v128, beta: v128): v128 {
  return f64x2.add(f64x2.mul(x, alpha), beta);
}

/** y = alpha·x + beta, held between 0 and 1 */
export function hardSigmoid(x: usize, y: usize, alpha: f64, beta: f64, from: i32, to: i32): void {
  const a = f64x2.splat(alpha);
  const b = f64x2.splat(beta);
  const end = bytes(to);
  for (let at = bytes(from); at < end; at += 16) {
    const four = v128.load(x + at);
    const lines = joined(line(lowHalf(four), a, b), line(highHalf(four), a, b));
    // In these forms NaN stays NaN, and each is one instruction or two.
    const aboveZero = v128.andnot(lines, f32x4.le(lines, zeros()));
    storeFirst(y + at, f32x4.pmin(aboveZero, f32x4.splat(1)), <i32>((end - at) >> 2));
  }
}

/** y = alpha where 0 < alpha·x + beta < 1, else 0 */
export function hardSigmoidSlope(x: usize, y: usize, alpha: f64, beta: f64, from: i32, to: i32): void {
  const a = f64x2.splat(alpha);
  const b = f64x2.splat(beta);
  const slope = f32x4.splat(<f32>alpha);
  const end = bytes(to);
  for (let at = bytes(from); at < end; at += 16) {
    const four = v128.load(x + at);
    const low = isInside(line(lowHalf(four), a, b));
    const high = isInside(line(highHalf(four), a, b));
    storeFirst(y + at, v128.and(i32x4.shuffle(low, high, 0, 2, 4, 6), slope), <i32>((end - at) >> 2));
  }
}

/** Ones where 0 < x < 1. */
// @ts-ignore: decorator
@inline
function isInside(x: v128): v128 {
  return v128.and(f64x2.gt(x, f64x2.splat(0)), f64x2.lt(x, f64x2.splat(1)));
}
