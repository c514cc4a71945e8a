import type { FloatArray } from './dtype.ts';

/*
 * Reductions of the middle axis: x is [outer, length, inner], y is [outer, inner]. An empty sum is 0, an empty maximum
 * -Infinity, an empty minimum Infinity. A NaN among the numbers is the result.
 */

/** y[o, i] = Σₙ x[o, n, i] */
export function sum(x: FloatArray, y: FloatArray, outer: number, length: number, inner: number): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let total = 0;
      for (let n = 0, at = o * length * inner + i; n < length; n++, at += inner) total += x[at];
      y[o * inner + i] = total;
    }
  }
}

/** y[o, i] = maxₙ x[o, n, i] */
export function max(x: FloatArray, y: FloatArray, outer: number, length: number, inner: number): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let largest = -Infinity;
      for (let n = 0, at = o * length * inner + i; n < length; n++, at += inner) largest = Math.max(largest, x[at]);
      y[o * inner + i] = largest;
    }
  }
}

/** y[o, i] = minₙ x[o, n, i] */
export function min(x: FloatArray, y: FloatArray, outer: number, length: number, inner: number): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let smallest = Infinity;
      for (let n = 0, at = o * length * inner + i; n < length; n++, at += inner) smallest = Math.min(smallest, x[at]);
      y[o * inner + i] = smallest;
    }
  }
}
