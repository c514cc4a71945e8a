import { power } from '../arithmetic/index.ts';
import type { FloatArray } from './dtype.ts';

/**
 * y[o, i] = (Σₙ |x[o, n, i]|^p)^(1/p), where x is [outer, length, inner]: 0 of nothing, and NaN where one of the numbers is.
 * Numbers are divided by the largest before they are raised, so that no power overflows or vanishes.
 */
export function norms(x: FloatArray, y: FloatArray, outer: number, length: number, inner: number, p: number): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * length * inner + i;
      const end = start + length * inner;
      let largest = 0;
      for (let at = start; at < end; at += inner) largest = Math.max(largest, Math.abs(x[at]));
      let powers = 0;
      for (let at = start; at < end; at += inner) {
        const share = Math.abs(x[at] / largest);
        powers += p === 2 ? share * share : power(share, p);
      }
      const isScaled = largest > 0 && largest < Infinity;
      y[o * inner + i] = isScaled ? largest * (p === 2 ? Math.sqrt(powers) : power(powers, 1 / p)) : largest;
    }
  }
}
