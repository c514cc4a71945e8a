import type { Tensor } from '@tapegrad/core';

/** The numbers of a tensor, with 0 for -0: what sign a zero has come by says nothing here. */
export function numbersOf(x: Tensor): number[] {
  return Array.from(x.read(), (number) => number + 0);
}

/** The numbers of a tensor of the chain as rows: `[rows, n]` as it is, `[rows]` as rows of one number, a single number as one row. */
export function rowsOf(x: Tensor): number[][] {
  const numbers = numbersOf(x);
  const rows = x.rank === 0 ? 1 : x.shape[0];
  const width = numbers.length / rows;
  return Array.from({ length: rows }, (_, row) => numbers.slice(row * width, (row + 1) * width));
}

/** The largest absolute number; NaN where one is. */
export function largestOf(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
}
