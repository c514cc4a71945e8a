import { exponentialOfSum } from './exponential.ts';
import { logarithmOfTwo } from './logarithm.ts';
import { fractionAndExponent } from './scale.ts';
import { added, multiplied, productOf, sumOf, type TwoParts } from './twoParts.ts';

const third: TwoParts = { high: 0.3333333333333333, low: 1.850371707708594e-17 };
const fifth: TwoParts = { high: 0.2, low: -1.1102230246251566e-17 };

/**
 * x^y, at most 1 ulp off and the same bits on every machine; the exact number where there is one. NaN for a negative x and
 * a fractional y; 1^y and x^0 are 1, as in C, whatever the other is.
 *
 * It is e^(y·ln x). An error in the exponent is one in the result, as many times larger as the exponent is; so y·ln x is
 * computed in two parts, to some twenty digits.
 */
export function power(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === -1) return 1 / x;
  const size = Math.abs(x);
  // JavaScript says NaN for (-1)^Infinity where C, NumPy and PyTorch say 1. All else here is exact in every engine.
  if (size === 1 && Math.abs(y) === Infinity) return 1;
  if (size === 0 || !Number.isFinite(size) || !Number.isFinite(y)) return x ** y;
  if (x < 0 && !Number.isInteger(y)) return Number.NaN;
  if (y === 0.5) return Math.sqrt(x);
  const sign = x < 0 && y % 2 !== 0 ? -1 : 1;
  const logarithm = logarithmInTwoParts(size);
  if (Math.abs(y * logarithm.high) > 1e3) return sign * (y * logarithm.high > 0 ? Infinity : 0);
  const { high, low } = multiplied(logarithm, { high: y, low: 0 });
  return sign * exponentialOfSum(high, low);
}

/** ln x to about 75 binary digits: n·ln 2 + 2·(s + s³/3 + s⁵/5 + …) with s = f / (2 + f), see `logarithm`. */
function logarithmInTwoParts(x: number): TwoParts {
  const { fraction, exponent: n } = fractionAndExponent(x);
  const f = fraction - 1;
  const divisor = sumOf(fraction, 1);
  const quotient = f / divisor.high;
  const back = productOf(quotient, divisor.high);
  const s = { high: quotient, low: (f - back.high - back.low - quotient * divisor.low) / divisor.high };
  const z = multiplied(s, s);
  // From z²/7 on one part has digits enough.
  let tail = 0;
  for (let odd = 27; odd >= 7; odd -= 2) tail = 1 / odd + z.high * tail;
  const fromFifth = added(fifth, { high: z.high * tail, low: 0 });
  const fromThird = added(third, multiplied(z, fromFifth));
  const series = multiplied(s, added({ high: 1, low: 0 }, multiplied(z, fromThird)));
  const ofFraction = { high: 2 * series.high, low: 2 * series.low };
  const ofPower = sumOf(n * logarithmOfTwo.high, n * logarithmOfTwo.low);
  return added(ofPower, ofFraction);
}
