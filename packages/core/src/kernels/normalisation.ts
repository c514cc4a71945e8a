import type { FloatArray } from './dtype.ts';

/*
 * Standardised numbers: x is [outer, groups, inner], and the numbers of a group, wherever they stand in outer and inner,
 * are taken together. For a batch of images and its channels that is [batch, channels, height·width]; for rows by
 * themselves [1, rows, length]. Sums are carried in double precision.
 */

/**
 * y = (x - mean) / √(variance + epsilon), with mean[group] and the biased variance[group]. Deviations first, then their
 * squares, for Σx² - (Σx)²/n loses all digits where the mean is large; and since the mean is rounded, what it is off by
 * is taken from all deviations too.
 */
export function standardise(
  x: FloatArray,
  y: FloatArray,
  mean: FloatArray,
  variance: FloatArray,
  outer: number,
  groups: number,
  inner: number,
  epsilon: number,
): void {
  const count = outer * inner;
  for (let group = 0; group < groups; group++) {
    const over = (f: (at: number) => number): number => overGroup(f, group, outer, groups, inner) / count;
    const rough = over((at) => x[at]);
    const rest = over((at) => x[at] - rough);
    const spread = over((at) => (x[at] - rough - rest) * (x[at] - rough - rest));
    const scale = Math.sqrt(spread + epsilon);
    mean[group] = rough + rest;
    variance[group] = spread;
    overGroup((at) => (y[at] = (x[at] - rough - rest) / scale), group, outer, groups, inner);
  }
}

/** ∂x of {@link standardise}: (g - mean(g) - y·mean(g·y)) / deviation[group], with the means over each group. */
export function standardiseGradient(
  g: FloatArray,
  y: FloatArray,
  deviation: FloatArray,
  xGradient: FloatArray,
  outer: number,
  groups: number,
  inner: number,
): void {
  const count = outer * inner;
  for (let group = 0; group < groups; group++) {
    const meanOfG = overGroup((at) => g[at], group, outer, groups, inner) / count;
    const meanOfProduct = overGroup((at) => g[at] * y[at], group, outer, groups, inner) / count;
    overGroup(
      (at) => (xGradient[at] = (g[at] - meanOfG - y[at] * meanOfProduct) / deviation[group]),
      group,
      outer,
      groups,
      inner,
    );
  }
}

/** Σ f over the numbers of a group. */
function overGroup(f: (at: number) => number, group: number, outer: number, groups: number, inner: number): number {
  let total = 0;
  for (let o = 0; o < outer; o++) {
    const start = (o * groups + group) * inner;
    for (let at = start; at < start + inner; at++) total += f(at);
  }
  return total;
}
