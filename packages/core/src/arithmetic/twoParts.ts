/*
 * A number in two parts, high + low, has about twice the digits of one: high is the sum rounded, low what rounding has lost.
 * Sources: Dekker, "A floating-point technique for extending the available precision", 1971; Knuth, "The art of computer
 * programming", volume 2.
 */

/** A number as the sum of two, of which the second is at most half an ulp of the first. */
export interface TwoParts {
  readonly high: number;
  readonly low: number;
}

/** a + b, exactly */
export function sumOf(a: number, b: number): TwoParts {
  const high = a + b;
  const share = high - a;
  return { high, low: a - (high - share) + (b - share) };
}

/** a·b, exactly, as long as neither it nor its last digit leaves the range of numbers */
export function productOf(a: number, b: number): TwoParts {
  const high = a * b;
  const aHigh = upperHalf(a);
  const bHigh = upperHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return { high, low: aLow * bLow - (high - aHigh * bHigh - aLow * bHigh - aHigh * bLow) };
}

/** x·y, to about 104 binary digits */
export function multiplied(x: TwoParts, y: TwoParts): TwoParts {
  const { high, low } = productOf(x.high, y.high);
  return normal(high, low + (x.high * y.low + x.low * y.high));
}

/** x + y, to about 104 binary digits */
export function added(x: TwoParts, y: TwoParts): TwoParts {
  const { high, low } = sumOf(x.high, y.high);
  return normal(high, low + (x.low + y.low));
}

/** The same sum, with the low part as small as it can be. */
function normal(high: number, low: number): TwoParts {
  const sum = high + low;
  return { high: sum, low: low - (sum - high) };
}

/** The first 26 of the 53 binary digits of x; they and the rest have products that are exact. */
function upperHalf(x: number): number {
  const spread = 134217729 * x;
  return spread - (spread - x);
}
