/*
 * Logarithm, exponential and cosine to some four hundred decimal digits, in fixed point: a number x is held as the
 * whole number x·2^digits.
 */

export const digits = 1500n;
const one = 1n << digits;

/** A number in fixed point, exactly. */
export function fixed(x: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  const word = bits.getBigUint64(0);
  const exponent = (word >> 52n) & 0x7ffn;
  const fraction = (word & 0xfffffffffffffn) | (exponent === 0n ? 0n : 1n << 52n);
  const size = ((fraction << digits) >> 1075n) << (exponent === 0n ? 1n : exponent);
  return word >> 63n ? -size : size;
}

/** ln x = n·ln 2 + 2·artanh((m - 1) / (m + 1)) for x = m·2^n */
export function exactLogarithm(x: number): bigint {
  let m = fixed(x);
  let n = 0n;
  for (; m >= 2n * one; n++) m /= 2n;
  for (; m < one; n--) m *= 2n;
  return n * 2n * inverseHyperbolicTangent(one / 3n) + 2n * inverseHyperbolicTangent(((m - one) << digits) / (m + one));
}

function inverseHyperbolicTangent(s: bigint): bigint {
  let sum = 0n;
  for (let odd = 1n, power = s; power !== 0n; odd += 2n, power = (((power * s) >> digits) * s) >> digits)
    sum += power / odd;
  return sum;
}

/** e^x, the series of e^(x/2^12), squared twelve times */
export function exactExponential(x: bigint): bigint {
  let result = series(x >> 12n, (term, k, step) => ((term * step) >> digits) / k);
  for (let squaring = 0; squaring < 12; squaring++) result = (result * result) >> digits;
  return result;
}

/** cos x, the series of cos(x/2^20), doubled twenty times by cos 2x = 2·cos² x - 1 */
export function exactCosine(x: bigint): bigint {
  const small = x >> 20n;
  let result = series(
    (small * small) >> digits,
    (term, k, step) => -((term * step) >> digits) / (2n * k * (2n * k - 1n)),
  );
  for (let doubling = 0; doubling < 20; doubling++) result = ((2n * result * result) >> digits) - one;
  return result;
}

function series(step: bigint, next: (term: bigint, k: bigint, step: bigint) => bigint): bigint {
  let sum = 0n;
  for (let k = 1n, term = one; term !== 0n && term !== -1n; k++) {
    sum += term;
    term = next(term, k, step);
  }
  return sum;
}
