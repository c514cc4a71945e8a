import { storeFirst } from './edges';
import { highHalf, joined, lowHalf } from './halves';
import { bytes, zeros } from './lanes';
import { powerOfTwo, smallExpm1 } from './mathematics';

/*
 * x^y = 2^(y·log₂|x|), with the exponent in float64, for what is rounded in it is blown up by the power. Powers of 0 and
 * Infinity, of 1 and to 0, and signs are put in afterwards.
 */

/** Constants lie in memory: to read one is one instruction. */
const one = memory.data<f32>([1]);
const half = memory.data<f32>([0.5]);
const infinityAndSign = memory.data<u32>([0x7f800000, 0x80000000]);
const notANumber = memory.data<u32>([0x7fc00000]);
const smallestNormal = memory.data<u32>([0x00800000]);
/** 2²³ makes every denormal number normal. */
const lift = memory.data<f32>([8388608]);
const bitsOfRootHalf = memory.data<u32>([0x3f3504f3]);
const two = memory.data<f64>([2]);
const ln2 = memory.data<f64>([0.6931471805599453]);
const twoOverLn2 = memory.data<f64>([2.8853900817779268]);
/** Beyond, every power is Infinity or 0. */
const bounds = memory.data<f64>([200, -200]);
/** 3·2⁵¹: added to a small number, it leaves the nearest whole number in the lowest bits. */
const rounder = memory.data<f64>([6755399441055744]);
/** artanh(s) / s by powers of s², from the highest on. */
const series = memory.data<f64>([1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1]);

// @ts-ignore: decorator
@inline
function all(constant: usize): v128 {
  return v128.load32_splat(constant);
}

// @ts-ignore: decorator
@inline
function both(constant: usize): v128 {
  return v128.load64_splat(constant);
}

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
  const infinity = all(infinityAndSign);
  const size = f32x4.abs(x);
  let z = powerOfSize(size, y);
  const isInfinite = f32x4.eq(size, infinity);
  const isEnd = v128.or(isInfinite, f32x4.eq(size, zeros()));
  const ofEnd = v128.and(v128.xor(isInfinite, f32x4.lt(y, zeros())), infinity);
  z = v128.bitselect(ofEnd, z, isEnd);

  const isWhole = f32x4.eq(f32x4.trunc(y), y);
  const halved = f32x4.mul(y, all(half));
  const isOdd = v128.and(isWhole, f32x4.ne(f32x4.trunc(halved), halved));
  z = v128.xor(z, v128.and(v128.and(x, isOdd), all(infinityAndSign + 4)));

  const isNegative = v128.and(f32x4.lt(x, zeros()), f32x4.ne(size, infinity));
  const isUndefined = v128.or(v128.andnot(isNegative, isWhole), v128.or(f32x4.ne(x, x), f32x4.ne(y, y)));
  z = v128.bitselect(all(notANumber), z, isUndefined);
  // 1^y and x^0 are 1 whatever the other is, also NaN, and so is (-1)^±Infinity.
  const isOfOne = v128.and(f32x4.eq(size, all(one)), f32x4.eq(f32x4.abs(y), infinity));
  return v128.bitselect(all(one), z, v128.or(v128.or(isOfOne, f32x4.eq(x, all(one))), f32x4.eq(y, zeros())));
}

/** size^y for a positive and finite size */
// @ts-ignore: decorator
@inline
function powerOfSize(size: v128, y: v128): v128 {
  // size = 2^n·(1 + f), with 1 + f between √½ and √2: the bits of 1 + f start at those of √½. 2²³ lifts denormal numbers.
  const isSmall = f32x4.lt(size, all(smallestNormal));
  const normal = v128.bitselect(f32x4.mul(size, all(lift)), size, isSmall);
  const n = i32x4.shr_s(i32x4.sub(normal, all(bitsOfRootHalf)), 23);
  const f = f32x4.sub(i32x4.sub(normal, i32x4.shl(n, 23)), all(one));
  const doublings = i32x4.sub(n, v128.and(isSmall, i32x4.splat(23)));

  const low = exponentOf(lowHalf(f), f64x2.convert_low_i32x4_s(doublings), lowHalf(y));
  const highDoublings = f64x2.convert_low_i32x4_s(i64x2.shuffle(doublings, doublings, 1, 1));
  const high = exponentOf(highHalf(f), highDoublings, highHalf(y));
  const sumLow = f64x2.add(low, both(rounder));
  const sumHigh = f64x2.add(high, both(rounder));
  const rest = joined(restOf(low, sumLow), restOf(high, sumHigh));
  const whole = i32x4.shuffle(sumLow, sumHigh, 0, 2, 4, 6);
  const first = i32x4.shr_s(whole, 1);
  const share = f32x4.add(smallExpm1(rest), all(one));
  return f32x4.mul(f32x4.mul(share, powerOfTwo(first)), powerOfTwo(i32x4.sub(whole, first)));
}

/** What is left of an exponent of 2 without its whole part, which is in the sum with `rounder`, as one of e. */
// @ts-ignore: decorator
@inline
function restOf(exponent: v128, sum: v128): v128 {
  return f64x2.mul(f64x2.sub(exponent, f64x2.sub(sum, both(rounder))), both(ln2));
}

/** y·(n + log₂(1 + f)), held: log₂(1 + f) = 2/ln 2·(s + s³/3 + s⁵/5 + …) where s = f / (2 + f), |s| < 0.172. */
// @ts-ignore: decorator
@inline
function exponentOf(f: v128, n: v128, y: v128): v128 {
  const s = f64x2.div(f, f64x2.add(f, both(two)));
  const square = f64x2.mul(s, s);
  let sum = both(series);
  sum = f64x2.add(f64x2.mul(sum, square), both(series + 8));
  sum = f64x2.add(f64x2.mul(sum, square), both(series + 16));
  sum = f64x2.add(f64x2.mul(sum, square), both(series + 24));
  sum = f64x2.add(f64x2.mul(sum, square), both(series + 32));
  sum = f64x2.add(f64x2.mul(sum, square), both(series + 40));
  sum = f64x2.add(f64x2.mul(sum, square), both(series + 48));
  const exponent = f64x2.mul(y, f64x2.add(n, f64x2.mul(f64x2.mul(s, both(twoOverLn2)), sum)));
  // In these forms NaN stays NaN, and each is one instruction.
  return f64x2.pmax(f64x2.pmin(exponent, both(bounds)), both(bounds + 8));
}
