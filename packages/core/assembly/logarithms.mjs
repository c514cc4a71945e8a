import { powerOfTwo, reduced } from './exponentials.mjs';

/* The logarithm, and what stands beside it so as not to lose digits near 0. Its polynomial is that of Cephes. */

const [ln2High, ln2Low] = [0.693359375, -2.1219444e-4];
const bitsOfRootHalf = 0x3f3504f3;
/** The first normal number, and 2²³, which makes a normal number of every denormal one. */
const [smallestNormal, lift] = [2 ** -126, 2 ** 23];
/** ln(1 + f) - f + f²/2 over f³, by powers of f from the highest on. */
const terms = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];

/** ln x; -Infinity for ±0 and NaN for negative x */
export function log(o, x) {
  const isSmall = o.isLess(x, o.number(smallestNormal));
  const normal = o.choose(isSmall, o.multiply(x, o.number(lift)), x);
  // x = 2^n·mantissa, with the mantissa between √½ and √2: its bits start at those of √½.
  const n = o.shiftRight(o.subtractWhole(normal, o.bits(bitsOfRootHalf)), 23);
  const f = o.subtract(o.subtractWhole(normal, o.shiftLeft(n, 23)), o.number(1));
  const exponent = o.fromWhole(o.subtractWhole(n, o.and(isSmall, o.bits(23))));
  const square = o.multiply(f, f);
  let sum = o.madd(o.multiply(f, square), o.polynomial(f, terms), o.multiply(exponent, o.number(ln2Low)));
  sum = o.add(o.subtract(sum, o.multiply(square, o.number(0.5))), f);
  const y = o.madd(exponent, o.number(ln2High), sum);
  const isUsual = o.and(o.isGreater(x, o.number(0)), o.isLess(x, o.number(Infinity)));
  const ofNegative = o.choose(o.isLess(x, o.number(0)), o.bits(0x7fc00000), x);
  const unusual = o.choose(o.isEqual(x, o.number(0)), o.number(-Infinity), ofNegative);
  return o.choose(isUsual, y, unusual);
}

/** ln(1 + e^z), from z and `small` = e^-|z|: without losing what of small is lost in 1 + small */
export function softplus(o, z, small) {
  const sum = o.add(small, o.number(1));
  const lost = o.divide(o.subtract(small, o.subtract(sum, o.number(1))), sum);
  return o.add(o.max(z, o.number(0)), o.add(log(o, sum), lost));
}

/** e^x - 1 for x ≤ 0, without cancellation near 0; it is -1 from -87 on. */
export function expm1OfNegative(o, x) {
  const { small, whole } = reduced(o, o.max(x, o.number(-87)));
  const power = powerOfTwo(o, whole);
  const y = o.madd(power, small, o.subtract(power, o.number(1)));
  // Keeps the sign of zeros.
  return o.or(y, o.and(x, o.number(-0)));
}
