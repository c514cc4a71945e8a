import { madd } from './lanes';

/*
 * e^x of four float32 numbers at once, right to one unit in the last place over the whole range: results and arguments that
 * are denormal, ±0, ±Infinity and NaN included. Nothing here depends on the neighbours of a number.
 *
 * The polynomial is that of Cephes (S. L. Moshier, "Methods and Programs for Mathematical Functions", 1989). What works on
 * pairs of vectors has the same formula in exponentials.mjs, to the same bits.
 *
 * Constants lie in memory: to read one into four lanes is one instruction, to make one out of nothing is several.
 */

const one = memory.data<f32>([1]);

/** ln 2 in two parts; products of the first with whole numbers up to 2¹³ are exact. */
const ln2High = memory.data<f32>([0.693359375]);
const ln2Low = memory.data<f32>([-2.12194440e-4]);
const log2e = memory.data<f32>([1.44269504088896341]);
/** 3·2²²: added to a small number, it leaves the nearest whole number in the lowest bits. */
const rounder = memory.data<f32>([12582912]);
const bitsOfRounder = 0x4b400000;
/** e^x is Infinity from the first on, and 0 below the second. */
const highestExponent = memory.data<f32>([89]);
const lowestExponent = memory.data<f32>([-105]);

/** e^r - 1 - r over r², highest power first. */
const expTerms = memory.data<f32>([
  1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
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
