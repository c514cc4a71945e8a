import type { FloatArray } from './dtype.ts';

/* The middle axis of x, which is [outer, length, inner], multiplied or added up. */

/** y[o, i] = Πₙ x[o, n, i]; an empty product is 1 */
export function product(x: FloatArray, y: FloatArray, outer: number, length: number, inner: number): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let total = 1;
      for (let n = 0, at = o * length * inner + i; n < length; n++, at += inner) total *= x[at];
      y[o * inner + i] = total;
    }
  }
}

/**
 * y[o, n, i] = the sum of x[o, k, i] over all k up to n. With `exclusive` = 1 n itself is left out; with `reverse` = 1
 * the sum runs over the k from n on.
 */
export function cumulativeSum(
  x: FloatArray,
  y: FloatArray,
  outer: number,
  length: number,
  inner: number,
  exclusive: number,
  reverse: number,
): void {
  const step = reverse ? -inner : inner;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let total = 0;
      let at = (o * length + (reverse ? length - 1 : 0)) * inner + i;
      for (let n = 0; n < length; n++, at += step) {
        const before = total;
        total += x[at];
        y[at] = exclusive ? before : total;
      }
    }
  }
}
