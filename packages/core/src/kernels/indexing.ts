import type { FloatArray } from './dtype.ts';

/*
 * Numbers picked by their indices along the middle axis of x, which is [outer, length, inner], and put back there. Of each
 * pair the second is the transpose of the first. The index -1 means nothing: 0 is taken from there, and nothing put back.
 */

/** y[o, n, i] = x[o, indices[n], i], for n below count */
export function take(
  x: FloatArray,
  indices: Int32Array,
  y: FloatArray,
  outer: number,
  length: number,
  count: number,
  inner: number,
): void {
  for (let o = 0, at = 0; o < outer; o++) {
    for (let n = 0; n < count; n++) {
      const from = (o * length + indices[n]) * inner;
      for (let i = 0; i < inner; i++, at++) y[at] = indices[n] < 0 ? 0 : x[from + i];
    }
  }
}

/** x[o, indices[n], i] += y[o, n, i], into zeros */
export function putTaken(
  y: FloatArray,
  indices: Int32Array,
  x: FloatArray,
  outer: number,
  length: number,
  count: number,
  inner: number,
): void {
  x.fill(0);
  for (let o = 0; o < outer; o++) {
    for (let n = 0; n < count; n++) {
      if (indices[n] < 0) continue;
      const [from, to] = [(o * count + n) * inner, (o * length + indices[n]) * inner];
      for (let i = 0; i < inner; i++) x[to + i] += y[from + i];
    }
  }
}

/** y[o, n, i] = x[o, indices[o, n, i], i], for n below count */
export function gather(
  x: FloatArray,
  indices: Int32Array,
  y: FloatArray,
  outer: number,
  length: number,
  count: number,
  inner: number,
): void {
  for (let o = 0, at = 0; o < outer; o++) {
    for (let n = 0; n < count; n++) {
      for (let i = 0; i < inner; i++, at++) y[at] = x[(o * length + indices[at]) * inner + i];
    }
  }
}

/** x[o, indices[o, n, i], i] += y[o, n, i], into zeros */
export function putGathered(
  y: FloatArray,
  indices: Int32Array,
  x: FloatArray,
  outer: number,
  length: number,
  count: number,
  inner: number,
): void {
  x.fill(0);
  for (let o = 0, at = 0; o < outer; o++) {
    for (let n = 0; n < count; n++) {
      for (let i = 0; i < inner; i++, at++) x[(o * length + indices[at]) * inner + i] += y[at];
    }
  }
}

/** indices[o, i] = the first n with the largest x[o, n, i], or with the first NaN */
export function argMax(x: FloatArray, indices: Int32Array, outer: number, length: number, inner: number): void {
  pickExtremes(x, indices, outer, length, inner, 1);
}

/** indices[o, i] = the first n with the smallest x[o, n, i], or with the first NaN */
export function argMin(x: FloatArray, indices: Int32Array, outer: number, length: number, inner: number): void {
  pickExtremes(x, indices, outer, length, inner, -1);
}

function pickExtremes(
  x: FloatArray,
  indices: Int32Array,
  outer: number,
  length: number,
  inner: number,
  direction: number,
): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * length * inner + i;
      let best = 0;
      let extreme = direction * x[start];
      for (let n = 1; n < length; n++) {
        const candidate = direction * x[start + n * inner];
        // The second half is true for a NaN that is not yet the winner.
        if (candidate > extreme || (Number.isNaN(candidate) && !Number.isNaN(extreme))) {
          extreme = candidate;
          best = n;
        }
      }
      indices[o * inner + i] = best;
    }
  }
}
