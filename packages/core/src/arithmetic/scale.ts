/** The largest power of two, among those that are squares of squares, by which numbers are scaled: 2^512. */
const largest = 1.3407807929942597e154;

/** A number as fraction·2^exponent. */
export interface Scaled {
  readonly fraction: number;
  readonly exponent: number;
}

/**
 * x = fraction·2^exponent, with the fraction from √½ up to √2: the form in which logarithms are computed, since the
 * fraction is as near to 1 as it can be. No step rounds.
 *
 * @param x above 0 and finite
 */
export function fractionAndExponent(x: number): Scaled {
  let fraction = x;
  let exponent = 0;
  // 2^512, 2^256, …, 2: the root of each is exact, and is the next.
  for (let step = 512, power = largest; step >= 1; step /= 2, power = Math.sqrt(power)) {
    if (fraction >= power) {
      fraction /= power;
      exponent += step;
    }
    // The smallest number of all, 2^-1074, needs 2^512 twice.
    while (fraction * power < 2 && fraction < 1) {
      fraction *= power;
      exponent -= step;
    }
  }
  return fraction > Math.SQRT2 ? { fraction: fraction / 2, exponent: exponent + 1 } : { fraction, exponent };
}

/** x·2^exponent, for a whole exponent. It rounds once, and only where the result is too small for all of its digits. */
export function scaled(x: number, exponent: number): number {
  // Two steps, since 2^exponent itself can be too large or too small for a number where the result is not.
  const first = Math.trunc(exponent / 2);
  return x * powerOfTwo(first) * powerOfTwo(exponent - first);
}

function powerOfTwo(exponent: number): number {
  let result = 1;
  let factor = 2;
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2), factor *= factor) {
    if (rest % 2 === 1) result *= factor;
  }
  return exponent < 0 ? 1 / result : result;
}
