import { logarithmOfTwo } from './logarithm.ts';
import { scaled } from './scale.ts';

/** e^x, at most 1 ulp off and the same bits on every machine. */
export function exponential(x: number): number {
  return exponentialOfSum(x, 0);
}

/**
 * e^(x + rest), where the rest is far smaller than x: so large an x has fewer digits behind the point than its power needs.
 * With n the whole number next to x/ln 2, it is 2^n·e^r, where |r| < 0.35 and e^r = 1 + r + r²/2 + r³/6 + ….
 */
export function exponentialOfSum(x: number, rest: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 710) return Infinity;
  if (x < -746) return 0;
  const n = Math.round(x / Math.LN2);
  const high = x - n * logarithmOfTwo.high;
  const low = rest - n * logarithmOfTwo.low;
  const r = high + low;
  // What the addition of high and low has lost.
  const lost = low - (r - high);
  let series = 0;
  for (let factor = 17; factor >= 3; factor--) series = (r / factor) * (1 + series);
  const curved = (r * r * (1 + series)) / 2;
  const sum = 1 + r;
  return scaled(sum + (r - (sum - 1) + (curved + lost * sum)), n);
}
