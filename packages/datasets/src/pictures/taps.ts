/** Which pixels of a line make a pixel of the new one, and their weights. */
export interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** `most` weights for each new pixel, of which `count` are used. */
  readonly weights: Float64Array;
  readonly most: number;
}

/**
 * The weights of a triangle as wide as the pixels it stands for: with scale s = `cut` / wanted and r = max(s, 1), pixel j of the
 * line counts for max(0, 1 - |j + 1/2 - c| / r) in pixel i, where c = from + (i + 1/2) s; the weights of each sum to 1. So pixels are
 * interpolated where a picture grows and averaged where it shrinks.
 */
export function tapsOf(length: number, wanted: number, from: number, cut: number): Taps {
  const scale = cut / wanted;
  const reach = Math.max(scale, 1);
  const most = Math.ceil(2 * reach) + 2;
  const [first, count] = [new Int32Array(wanted), new Int32Array(wanted)];
  const weights = new Float64Array(wanted * most);
  for (let i = 0; i < wanted; i++) {
    const centre = from + (i + 0.5) * scale;
    first[i] = Math.max(0, Math.floor(centre - reach + 0.5));
    count[i] = Math.min(length, Math.floor(centre + reach + 0.5)) - first[i];
    let sum = 0;
    for (let tap = 0; tap < count[i]; tap++) {
      const weight = Math.max(0, 1 - Math.abs(first[i] + tap + 0.5 - centre) / reach);
      weights[i * most + tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < count[i]; tap++) weights[i * most + tap] /= sum;
  }
  return { first, count, weights, most };
}
