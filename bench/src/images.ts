import { classes, imageSize } from './nets.ts';

/** Images made of noise, and a label for each: always the same ones. */
export interface Images {
  /** [count, 1, 28, 28], row-major. */
  readonly pixels: Float32Array;
  readonly labels: Int32Array;
}

export function noiseImages(count: number): Images {
  const random = uniform(1);
  return {
    pixels: Float32Array.from({ length: count * imageSize }, () => 2 * random() - 1),
    labels: Int32Array.from({ length: count }, () => Math.floor(classes * random())),
  };
}

/** Numbers from 0 to 1, the same ones for the same seed: enough for noise, without a library on anybody's clock. */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}
