import { madd } from './lanes';

/*
 * Functions of four float32 numbers at once, right to one unit in the last place (sigmoid and tanh to two, silu to four)
 * over the whole range: results and arguments that are denormal, ±0, ±Infinity and NaN included. Nothing here depends on
 * the neighbours of a number.
 *
 * Polynomials are those of Cephes (S. L. Moshier, "Methods and Programs for Mathematical Functions", 1989).
 *
 * Constants lie in memory: to read one into four lanes is one instruction, to make one out of nothing is several.
 */

const one = memory.data<f32>([1]);
const two = memory.data<f32>([2]);
const half = memory.data<f32>([0.5]);
const signBit = memory.data<u32>([0x80000000]);
const infinity = memory.data<u32>([0x7f800000]);
const minusInfinity = memory.data<u32>([0xff800000]);
const notANumber = memory.data<u32>([0x7fc00000]);
const smallestNormal = memory.data<u32>([0x00800000]);
const lowestFinite = memory.data<u32>([0xff7fffff]);

/** ln 2 in two parts; products of the first with whole numbers up to 2¹³ are exact. */
const ln2High = memory.data<f32>([0.693359375]);
const ln2Low = memory.data<f32>([-2.12194440e-4]);
const log2e = memory.data<f32>([1.44269504088896341]);
/** 3·2²²: added to a small number, it leaves the nearest whole number in the lowest bits. */
const rounder = memory.data<f32>([12582912]);
const bitsOfRounder = 0x4b400000;
/** e^x is Infinity from the first on, 0 below the second, and e^x - 1 is -1 below the third. */
const highestExponent = memory.data<f32>([89]);
const lowestExponent = memory.data<f32>([-105]);
const lowestOfExpm1 = memory.data<f32>([-87]);
/** 2²³ makes every denormal number normal. */
const lift = memory.data<f32>([8388608]);
const bitsOfRootHalf = 0x3f3504f3;
/** Where tanh changes its formula. */
const tanhBound = memory.data<f32>([0.625]);

/** Polynomials, highest power first. */
const expTerms = memory.data<f32>([
  1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
]);
const logTerms = memory.data<f32>([
  7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
]);
const tanhTerms = memory.data<f32>([
  -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1,
]);

/** Four times the same constant. */
// @ts-ignore: decorator
@inline
function all(constant: usize): v128 {
  return v128.load32_splat(constant);
}

/** Four times one term of a polynomial. */
// @ts-ignore: decorator
@inline
function term(terms: usize, index: i32): v128 {
  return v128.load32_splat(terms + (<usize>index << 2));
}

/** x·log₂e rounded to a whole number n, plus `rounder`: the bits of the sum count on from those of `rounder`. */
// @ts-ignore: decorator
@inline
function doublings(x: v128): v128 {
  return f32x4.add(f32x4.mul(x, all(log2e)), all(rounder));
}

/** The whole number in a sum with `rounder`, as four integers. */
// @ts-ignore: decorator
@inline
function whole(sum: v128): v128 {
  return i32x4.sub(sum, i32x4.splat(bitsOfRounder));
}

/** x - n·ln 2, which is small, for the n in a sum with `rounder` */
// @ts-ignore: decorator
@inline
function remainder(x: v128, sum: v128): v128 {
  const n = f32x4.neg(f32x4.sub(sum, all(rounder)));
  return madd(n, all(ln2Low), madd(n, all(ln2High), x));
}

/** 2^n for whole numbers from -126 to 127 */
// @ts-ignore: decorator
@inline
export function powerOfTwo(n: v128): v128 {
  return i32x4.add(i32x4.shl(n, 23), all(one));
}

/** e^r - 1 for |r| ≤ ½·ln 2 */
// @ts-ignore: decorator
@inline
export function smallExpm1(r: v128): v128 {
  let p = madd(term(expTerms, 0), r, term(expTerms, 1));
  p = madd(p, r, term(expTerms, 2));
  p = madd(p, r, term(expTerms, 3));
  p = madd(p, r, term(expTerms, 4));
  p = madd(p, r, term(expTerms, 5));
  return madd(f32x4.mul(r, r), p, r);
}

/** e^x */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const held = f32x4.max(f32x4.min(x, all(highestExponent)), all(lowestExponent));
  const sum = doublings(held);
  const e = f32x4.add(smallExpm1(remainder(held, sum)), all(one));
  // In two parts: 2^n alone may overflow, or be denormal where the product has to be rounded once.
  const n = whole(sum);
  const first = i32x4.shr_s(n, 1);
  return f32x4.mul(f32x4.mul(e, powerOfTwo(first)), powerOfTwo(i32x4.sub(n, first)));
}

/** e^x - 1 for x ≤ 0, without cancellation near 0 */
// @ts-ignore: decorator
@inline
export function expm1OfNegative4(x: v128): v128 {
  const held = f32x4.max(x, all(lowestOfExpm1));
  const sum = doublings(held);
  const power = powerOfTwo(whole(sum));
  const y = madd(power, smallExpm1(remainder(held, sum)), f32x4.sub(power, all(one)));
  // Keeps the sign of zeros.
  return v128.or(y, v128.and(x, all(signBit)));
}

/** ln x; -Infinity for ±0 and NaN for negative x */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const isSmall = f32x4.lt(x, all(smallestNormal));
  const normal = v128.bitselect(f32x4.mul(x, all(lift)), x, isSmall);
  // x = 2^n·mantissa, with the mantissa between √½ and √2: its bits start at those of √½.
  const n = i32x4.shr_s(i32x4.sub(normal, i32x4.splat(bitsOfRootHalf)), 23);
  const f = f32x4.sub(i32x4.sub(normal, i32x4.shl(n, 23)), all(one));
  const exponent = f32x4.convert_i32x4_s(i32x4.sub(n, v128.and(isSmall, i32x4.splat(23))));
  const square = f32x4.mul(f, f);
  let p = madd(term(logTerms, 0), f, term(logTerms, 1));
  p = madd(p, f, term(logTerms, 2));
  p = madd(p, f, term(logTerms, 3));
  p = madd(p, f, term(logTerms, 4));
  p = madd(p, f, term(logTerms, 5));
  p = madd(p, f, term(logTerms, 6));
  p = madd(p, f, term(logTerms, 7));
  p = madd(p, f, term(logTerms, 8));
  p = madd(f32x4.mul(f, square), p, f32x4.mul(exponent, all(ln2Low)));
  p = f32x4.add(f32x4.sub(p, f32x4.mul(square, all(half))), f);
  const y = madd(exponent, all(ln2High), p);
  const isUsual = v128.and(f32x4.gt(x, f32x4.splat(0)), f32x4.lt(x, all(infinity)));
  const ofNegative = v128.bitselect(all(notANumber), x, f32x4.lt(x, f32x4.splat(0)));
  const unusual = v128.bitselect(all(minusInfinity), ofNegative, f32x4.eq(x, f32x4.splat(0)));
  return v128.bitselect(y, unusual, isUsual);
}

/** ln(1 + x) for x from 0 to 1, without losing what of x is lost in 1 + x */
// @ts-ignore: decorator
@inline
export function log1pOfShare4(x: v128): v128 {
  const sum = f32x4.add(x, all(one));
  return f32x4.add(log4(sum), f32x4.div(f32x4.sub(x, f32x4.sub(sum, all(one))), sum));
}

/** ln(1 + e^(beta·x)) / beta, by the form that does not overflow */
// @ts-ignore: decorator
@inline
export function softplus4(x: v128, beta: v128): v128 {
  const z = f32x4.mul(x, beta);
  const small = exp4(f32x4.neg(f32x4.abs(z)));
  return f32x4.div(f32x4.add(f32x4.max(z, f32x4.splat(0)), log1pOfShare4(small)), beta);
}

/** 1 / (1 + e^-x) */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const small = exp4(f32x4.neg(f32x4.abs(x)));
  const share = v128.bitselect(all(one), small, f32x4.ge(x, f32x4.splat(0)));
  return f32x4.div(share, f32x4.add(small, all(one)));
}

/** x / (1 + e^-x) */
// @ts-ignore: decorator
@inline
export function silu4(x: v128): v128 {
  // e^-|x| as a square, so that its product with x is right where it alone would be denormal or 0.
  const root = exp4(f32x4.neg(f32x4.mul(f32x4.abs(x), all(half))));
  // -Infinity·0 would be NaN.
  const finite = f32x4.max(x, all(lowestFinite));
  const share = v128.bitselect(x, f32x4.mul(f32x4.mul(finite, root), root), f32x4.ge(x, f32x4.splat(0)));
  return f32x4.div(share, f32x4.add(f32x4.mul(root, root), all(one)));
}

/** tanh x: an odd polynomial near 0, else 1 - 2 / (e^2|x| + 1) */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const size = f32x4.abs(x);
  const square = f32x4.mul(x, x);
  let p = madd(term(tanhTerms, 0), square, term(tanhTerms, 1));
  p = madd(p, square, term(tanhTerms, 2));
  p = madd(p, square, term(tanhTerms, 3));
  p = madd(p, square, term(tanhTerms, 4));
  const near = madd(f32x4.mul(size, square), p, size);
  const share = f32x4.div(all(two), f32x4.add(exp4(f32x4.add(size, size)), all(one)));
  const y = v128.bitselect(near, f32x4.sub(all(one), share), f32x4.lt(size, all(tanhBound)));
  return v128.bitselect(x, y, all(signBit));
}
