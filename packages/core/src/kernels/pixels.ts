import type { FloatArray } from './dtype.ts';

/** Stands in for a pixel outside of the plane. */
const outside = -1;

/**
 * y[set, channel, p] = x[set, channel, pixels[set, p]], and 0 where that pixel is outside. All channels of a set share their
 * pixels, each given by its index in the plane.
 */
export function takePixels(
  x: FloatArray,
  pixels: Int32Array,
  y: FloatArray,
  sets: number,
  channels: number,
  planeSize: number,
  count: number,
): void {
  for (let set = 0, plane = 0, at = 0; set < sets; set++) {
    for (let channel = 0; channel < channels; channel++, plane += planeSize) {
      for (let p = set * count; p < (set + 1) * count; p++, at++) {
        y[at] = pixels[p] === outside ? 0 : x[plane + pixels[p]];
      }
    }
  }
}

/** x[set, channel, pixels[set, p]] += y[set, channel, p], into zeros: the transpose of {@link takePixels}. */
export function putPixels(
  y: FloatArray,
  pixels: Int32Array,
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
        if (pixels[p] !== outside) x[plane + pixels[p]] += y[at];
      }
    }
  }
}
