import type { NdArray } from 'ndarray';
import { sizeOf } from '../src/authors/index.ts';
import { Random, type Shape } from '../src/index.ts';
import { viewOf } from '../src/tensor/strided.ts';

/**
 * Seeded float64 numbers that are all different, at least 0.05 apart and 0.025 away from 0: no ties and no kinks within
 * the step of a numerical derivative.
 */
export function distinct(shape: Shape, seed = 1): NdArray<Float32Array | Float64Array> {
  const size = sizeOf(shape);
  const ranks = new Random(seed).permutation(size);
  return viewOf(
    Float64Array.from(ranks, (rank) => 0.05 * (rank - Math.floor(size / 2)) + 0.025),
    shape,
  );
}
