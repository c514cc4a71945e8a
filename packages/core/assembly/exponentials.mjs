/*
 * The exponential in parts, e^x = fraction·2^whole, so that a product with it can be rounded once, also where the
 * exponential alone would be denormal. Constants and polynomial are those of mathematics.ts.
 */

const log2e = Math.LOG2E;
/** ln 2 in two parts; products of the first with whole numbers up to 2¹³ are exact. */
const [ln2High, ln2Low] = [0.693359375, -2.1219444e-4];
/** 3·2²²: added to a small number, it leaves the nearest whole number in the lowest bits. */
const rounder = 12582912;
const bitsOfRounder = 0x4b400000;
/** The bits of a float32 without the last twelve of its mantissa: a square of what they leave is exact. */
const upperBits = 0xfffff000;
/** e^r - 1 - r over r², highest power first. */
const terms = [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1];

/** e^(high + low) = 2^whole·(1 + small), for a `low` that is small beside the last digits of `high` or left out. */
export function reduced(o, high, low) {
  const sum = o.add(o.multiply(high, o.number(log2e)), o.number(rounder));
  const n = o.subtract(sum, o.number(rounder));
  let r = o.madd(n, o.number(-ln2Low), o.madd(n, o.number(-ln2High), high));
  if (low) r = o.add(r, low);
  const small = o.madd(o.multiply(r, r), o.polynomial(r, terms), r);
  return { small, whole: o.subtractWhole(sum, o.bits(bitsOfRounder)) };
}

/** The parts of e^(high + low). */
export function exponential(o, high, low) {
  const { small, whole } = reduced(o, high, low);
  return { fraction: o.add(small, o.number(1)), whole };
}

/** 2^n for whole numbers from -126 to 127 */
export const powerOfTwo = (o, n) => o.addWhole(o.shiftLeft(n, 23), o.number(1));

/**
 * factor·e^x, or e^x alone for a factor of `null`, from the parts of e^x. The power of two is applied in two steps, for it may
 * be too small or too large for one.
 */
export function timesExponential(o, factor, { fraction, whole }) {
  const first = o.shiftRight(whole, 1);
  const second = o.subtractWhole(whole, first);
  const product = factor ? o.multiply(fraction, factor) : fraction;
  return o.multiply(o.multiply(product, powerOfTwo(o, first)), powerOfTwo(o, second));
}

/** e^x from its parts. */
export const whole = (o, parts) => timesExponential(o, null, parts);

/** x = high + low, of which `high` has twelve digits, so that its product with another such number is exact. */
export function split(o, x) {
  const high = o.and(x, o.bits(upperBits));
  return { high, low: o.subtract(x, high) };
}

/** The parts of e^(-scale·x²), scale being ½ or 1. The square is split, for the exponential would blow its rounding up. */
export function bell(o, x, scale) {
  const { high, low } = split(o, x);
  const minus = o.number(-scale);
  const rest = o.multiply(o.multiply(low, minus), o.add(x, high));
  return exponential(o, o.multiply(o.multiply(high, minus), high), rest);
}
