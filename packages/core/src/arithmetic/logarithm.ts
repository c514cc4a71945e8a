import { fractionAndExponent } from './scale.ts';

/** ln 2 in two parts. The first has 33 digits, so that its product with a whole number up to 2^20 is exact. */
export const logarithmOfTwo = { high: 0.6931471803691238, low: 1.9082149292705877e-10 } as const;

/**
 * ln x, at most 1 ulp off and the same bits on every machine: -Infinity at 0, NaN below.
 *
 * With x = 2^n·(1 + f) and s = f / (2 + f) it is n·ln 2 + ln(1 + f), where ln(1 + f) = 2·(s + s³/3 + s⁵/5 + …), which
 * converges fast as |s| < 0.172. Since 2s = f - s·f, the f can be taken out of the sum, and as it is exact only the small
 * rest is rounded.
 */
export function logarithm(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  const { fraction, exponent: n } = fractionAndExponent(x);
  const f = fraction - 1;
  const s = f / (2 + f);
  const half = (f * f) / 2;
  // f - f²/2 + s·(f²/2 + rest) is f - s·f + s·rest, in the order that rounds least.
  const rest = s * (half + seriesAfterFirst(s * s));
  return n * logarithmOfTwo.high - (half - (rest + n * logarithmOfTwo.low) - f);
}

/** 2·(z/3 + z²/5 + z³/7 + …) for z = s²: what is left of 2·artanh(s)/s after its first term. */
function seriesAfterFirst(z: number): number {
  let sum = 0;
  for (let odd = 25; odd >= 3; odd -= 2) sum = z * (1 / odd + sum);
  return 2 * sum;
}
