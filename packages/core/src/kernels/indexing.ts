import type { FloatArray } from './dtype.ts';

/*
 * Numbers picked by their places along the middle axis of x, which is [outer, length, inner], and put back there. Of each
 * pair the second is the transpose of the first. A place of -1 means nothing: 0 is taken from there, and nothing put back.
 */

/** y[o, n, i] = x[o, places[n], i], for n below count */
export function take(
  x: FloatArray,
  places: Int32Array,
  y: FloatArray,
  outer: number,
  length: number,
  count: number,
  inner: number,
): void {
  for (let o = 0, at = 0; o < outer; o++) {
    for (let n = 0; n < count; n++) {
      const from = (o * length + places[n]) * inner;
      for (let i = 0; i < inner; i++, at++) y[at] = places[n] < 0 ? 0 : x[from + i];
    }
  }
}

/** x[o, places[n], i] += y[o, n, i], into zeros */
export function putTaken(
  y: FloatArray,
  places: Int32Array,
  x: FloatArray,
  outer: number,
  length: number,
  count: number,
  inner: number,
): void {
  x.fill(0);
  for (let o = 0; o < outer; o++) {
    for (let n = 0; n < count; n++) {
      if (places[n] < 0) continue;
      const [from, to] = [(o * count + n) * inner, (o * length + places[n]) * inner];
      for (let i = 0; i < inner; i++) x[to + i] += y[from + i];
    }
  }
}

/** y[o, n, i] = x[o, places[o, n, i], i], for n below count */
export function gather(
  x: FloatArray,
  places: Int32Array,
  y: FloatArray,
  outer: number,
  length: number,
  count: number,
  inner: number,
): void {
  for (let o = 0, at = 0; o < outer; o++) {
    for (let n = 0; n < count; n++) {
      for (let i = 0; i < inner; i++, at++) y[at] = x[(o * length + places[at]) * inner + i];
    }
  }
}

/** x[o, places[o, n, i], i] += y[o, n, i], into zeros */
export function putGathered(
  y: FloatArray,
  places: Int32Array,
  x: FloatArray,
  outer: number,
  length: number,
  count: number,
  inner: number,
): void {
  x.fill(0);
  for (let o = 0, at = 0; o < outer; o++) {
    for (let n = 0; n < count; n++) {
      for (let i = 0; i < inner; i++, at++) x[(o * length + places[at]) * inner + i] += y[at];
    }
  }
}

/** places[o, i] = the first n with the largest x[o, n, i], or with the first NaN */
export function argMax(x: FloatArray, places: Int32Array, outer: number, length: number, inner: number): void {
  pickPlaces(x, places, outer, length, inner, 1);
}

/** places[o, i] = the first n with the smallest x[o, n, i], or with the first NaN */
export function argMin(x: FloatArray, places: Int32Array, outer: number, length: number, inner: number): void {
  pickPlaces(x, places, outer, length, inner, -1);
}

function pickPlaces(
  x: FloatArray,
  places: Int32Array,
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
      places[o * inner + i] = best;
    }
  }
}
