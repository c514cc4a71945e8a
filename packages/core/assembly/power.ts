import { storeFirst } from './edges';
import { highHalf, joined, lowHalf } from './halves';
import { bytes, zeros } from './lanes';
import { powerOfTwo, smallExpm1 } from './mathematics';

/*
 * x^y = 2^(y·log₂|x|), with the exponent in float64, for what is rounded in it is blown up by the power. Powers of 0 and
 * Infinity, of 1 and to 0, and signs are put in afterwards.
 */

/** Beyond, every power is Infinity or 0. */
const mostExponent: f64 = 200;

/** z = x^y */
export function pow(x: usize, y: usize, z: usize, from: i32, to: i32): void {
  const end = bytes(to);
  for (let at = bytes(from); at < end; at += 16) {
    storeFirst(z + at, power(v128.load(x + at), v128.load(y + at)), <i32>((end - at) >> 2));
  }
}

// @ts-ignore: decorator
@inline
function power(x: v128, y: v128): v128 {
  const one = f32x4.splat(1);
  const infinity = f32x4.splat(Infinity);
  const size = f32x4.abs(x);
  let z = powerOfSize(size, y);
  const isInfinite = f32x4.eq(size, infinity);
  const isEnd = v128.or(isInfinite, f32x4.eq(size, zeros()));
  const ofEnd = v128.and(v128.xor(isInfinite, f32x4.lt(y, zeros())), infinity);
  z = v128.bitselect(ofEnd, z, isEnd);

  const isWhole = f32x4.eq(f32x4.trunc(y), y);
  const half = f32x4.mul(y, f32x4.splat(0.5));
  const isOdd = v128.and(isWhole, f32x4.ne(f32x4.trunc(half), half));
  z = v128.xor(z, v128.and(v128.and(x, isOdd), f32x4.splat(-0.0)));

  const isNegative = v128.and(f32x4.lt(x, zeros()), f32x4.ne(size, infinity));
  const isUndefined = v128.or(v128.andnot(isNegative, isWhole), v128.or(f32x4.ne(x, x), f32x4.ne(y, y)));
  z = v128.bitselect(f32x4.splat(NaN), z, isUndefined);
  // 1^y and x^0 are 1 whatever the other is, also NaN, and so is (-1)^±Infinity.
  const isOfOne = v128.and(f32x4.eq(size, one), f32x4.eq(f32x4.abs(y), infinity));
  return v128.bitselect(one, z, v128.or(v128.or(isOfOne, f32x4.eq(x, one)), f32x4.eq(y, zeros())));
}

/** size^y for a positive and finite size */
// @ts-ignore: decorator
@inline
function powerOfSize(size: v128, y: v128): v128 {
  // size = 2^n·(1 + f), with 1 + f between √½ and √2: the bits of 1 + f start at those of √½. 2²³ lifts denormal numbers.
  const isSmall = f32x4.lt(size, f32x4.splat(1.1754943508222875e-38));
  const normal = v128.bitselect(f32x4.mul(size, f32x4.splat(8388608)), size, isSmall);
  const n = i32x4.shr_s(i32x4.sub(normal, i32x4.splat(0x3f3504f3)), 23);
  const f = f32x4.sub(i32x4.sub(normal, i32x4.shl(n, 23)), f32x4.splat(1));
  const doublings = i32x4.sub(n, v128.and(isSmall, i32x4.splat(23)));

  const low = exponentOf(lowHalf(f), f64x2.convert_low_i32x4_s(doublings), lowHalf(y));
  const highDoublings = f64x2.convert_low_i32x4_s(i64x2.shuffle(doublings, doublings, 1, 1));
  const high = exponentOf(highHalf(f), highDoublings, highHalf(y));
  const wholeLow = f64x2.nearest(low);
  const wholeHigh = f64x2.nearest(high);
  const rest = joined(ofTwo(f64x2.sub(low, wholeLow)), ofTwo(f64x2.sub(high, wholeHigh)));
  const whole = i64x2.shuffle(i32x4.trunc_sat_f64x2_s_zero(wholeLow), i32x4.trunc_sat_f64x2_s_zero(wholeHigh), 0, 2);
  const first = i32x4.shr_s(whole, 1);
  const share = f32x4.add(smallExpm1(rest), f32x4.splat(1));
  return f32x4.mul(f32x4.mul(share, powerOfTwo(first)), powerOfTwo(i32x4.sub(whole, first)));
}

/** The natural exponent of 2^x. */
// @ts-ignore: decorator
@inline
function ofTwo(x: v128): v128 {
  return f64x2.mul(x, f64x2.splat(0.6931471805599453));
}

/** y·(n + log₂(1 + f)), held: log₂(1 + f) = 2/ln 2·(s + s³/3 + s⁵/5 + …) where s = f / (2 + f), |s| < 0.172. */
// @ts-ignore: decorator
@inline
function exponentOf(f: v128, n: v128, y: v128): v128 {
  const s = f64x2.div(f, f64x2.add(f, f64x2.splat(2)));
  const square = f64x2.mul(s, s);
  let series = f64x2.splat(1.0 / 13);
  series = f64x2.add(f64x2.mul(series, square), f64x2.splat(1.0 / 11));
  series = f64x2.add(f64x2.mul(series, square), f64x2.splat(1.0 / 9));
  series = f64x2.add(f64x2.mul(series, square), f64x2.splat(1.0 / 7));
  series = f64x2.add(f64x2.mul(series, square), f64x2.splat(1.0 / 5));
  series = f64x2.add(f64x2.mul(series, square), f64x2.splat(1.0 / 3));
  series = f64x2.add(f64x2.mul(series, square), f64x2.splat(1));
  const logarithm = f64x2.add(n, f64x2.mul(f64x2.mul(s, f64x2.splat(2.8853900817779268)), series));
  const exponent = f64x2.mul(y, logarithm);
  return f64x2.max(f64x2.min(exponent, f64x2.splat(mostExponent)), f64x2.splat(-mostExponent));
}
