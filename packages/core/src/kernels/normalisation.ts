import type { FloatArray } from './dtype.ts';

/*
 * Standardised numbers: x is [outer, groups, inner], and the numbers of a group, wherever they stand in outer and inner,
 * are taken together. For a batch of images and its channels that is [batch, channels, height·width]; for rows by
 * themselves [1, rows, length]. Sums are carried in double precision.
 */

/**
 * moments[group] = [rough mean, rest of the mean, biased variance]. Deviations first, then their squares, for
 * Σx² - (Σx)²/n loses all digits where the mean is large; and since the mean is rounded, what it is off by is kept too.
 * In float64 whatever x is: what is made of them is rounded once.
 */
export function moments(x: FloatArray, moments: FloatArray, outer: number, groups: number, inner: number): void {
  const count = outer * inner;
  for (let group = 0; group < groups; group++) {
    const over = (f: (at: number) => number): number => overGroup(f, group, outer, groups, inner) / count;
    const rough = over((at) => x[at]);
    const rest = over((at) => x[at] - rough);
    moments[3 * group] = rough;
    moments[3 * group + 1] = rest;
    moments[3 * group + 2] = over((at) => (x[at] - rough - rest) * (x[at] - rough - rest));
  }
}

/** y = (x - mean) / √(variance + epsilon), by the {@link moments} of each group. */
export function standardise(
  x: FloatArray,
  moments: FloatArray,
  y: FloatArray,
  outer: number,
  groups: number,
  inner: number,
  epsilon: number,
): void {
  for (let group = 0; group < groups; group++) {
    const [rough, rest, variance] = moments.subarray(3 * group, 3 * group + 3);
    const deviation = Math.sqrt(variance + epsilon);
    overGroup((at) => (y[at] = (x[at] - rough - rest) / deviation), group, outer, groups, inner);
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
