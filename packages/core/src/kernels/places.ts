import type { FloatArray } from './dtype.ts';

/** Stands in for a place outside of the plane. */
const outside = -1;

/** y[set, channel, p] = x[set, channel, places[set, p]], and 0 for a place of -1: all channels of a set share their places. */
export function takePixels(
  x: FloatArray,
  places: Int32Array,
  y: FloatArray,
  sets: number,
  channels: number,
  planeSize: number,
  count: number,
): void {
  for (let set = 0, plane = 0, at = 0; set < sets; set++) {
    for (let channel = 0; channel < channels; channel++, plane += planeSize) {
      for (let p = set * count; p < (set + 1) * count; p++, at++) {
        y[at] = places[p] === outside ? 0 : x[plane + places[p]];
      }
    }
  }
}

/** x[set, channel, places[set, p]] += y[set, channel, p], into zeros: the transpose of {@link takePixels}. */
export function putPixels(
  y: FloatArray,
  places: Int32Array,
  x: FloatArray,
  sets: number,
  channels: number,
  planeSize: number,
  count: number,
): void {
  x.fill(0);
  for (let set = 0, plane = 0, at = 0; set < sets; set++) {
    for (let channel = 0; channel < channels; channel++, plane += planeSize) {
      for (let p = set * count; p < (set + 1) * count; p++, at++) {
        if (places[p] !== outside) x[plane + places[p]] += y[at];
      }
    }
  }
}
