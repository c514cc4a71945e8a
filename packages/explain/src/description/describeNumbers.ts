import type { Tensor } from '@tapegrad/core';
import type { NumbersDescription } from './description.ts';

/** The first `limit` numbers of a tensor, and the smallest and the largest of all. */
export function describeNumbers(x: Tensor, limit: number): NumbersDescription {
  const all = x.toFlatArray();
  let smallest: number | null = null;
  let largest: number | null = null;
  // `Math.min` and `Math.max` keep a NaN once they met one, and know that -0 lies below 0.
  for (const number of all) {
    smallest = smallest === null ? number : Math.min(smallest, number);
    largest = largest === null ? number : Math.max(largest, number);
  }
  const numbers = Array.from(limit < all.length ? all.subarray(0, limit) : all);
  return { shape: [...x.shape], dtype: x.dtype, size: all.length, numbers, smallest, largest };
}
