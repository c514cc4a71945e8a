import {
  concat,
  maxPool2dWithPlaces,
  negate,
  reshape,
  resolveAxis,
  type Shape,
  sizeOf,
  slice,
  type Tensor,
} from '@tapegrad/core';
import type { Numbers } from '../compare.ts';

/** The largest number along one axis and its index: a max pooling whose window is that axis. */
export interface Chosen {
  readonly output: Tensor;
  readonly indices: Numbers;
}

/**
 * The maximum along an axis with its index: the first of equals, or a NaN. The gradient goes to the one that was chosen.
 * A max pooling of `[outer, 1, length, inner]` by a window of `[length, 1]` is just that.
 */
export function maxAlong(x: Tensor, axis: number, keepDims: boolean): Chosen {
  const scalar = x.rank === 0;
  const shape: Shape = scalar ? [1] : x.shape;
  const along = resolveAxis('max', axis, shape.length);
  const outer = sizeOf(shape.slice(0, along));
  const inner = sizeOf(shape.slice(along + 1));
  const planes = reshape(x, [outer, 1, shape[along], inner]);
  const { output, places } = maxPool2dWithPlaces(planes, { kernelSize: [shape[along], 1], stride: 1 });
  const reduced = scalar ? [] : keepDims ? shape.with(along, 1) : shape.toSpliced(along, 1);
  return {
    output: reshape(output, reduced),
    indices: { shape: reduced, numbers: Array.from(places, (place) => Math.floor(place / inner)) },
  };
}

/** The minimum along an axis with its index; see {@link maxAlong}. */
export function minAlong(x: Tensor, axis: number, keepDims: boolean): Chosen {
  const { output, indices } = maxAlong(negate(x), axis, keepDims);
  return { output: negate(output), indices };
}

/** x with one axis in reverse order. */
export function reversed(x: Tensor, axis: number): Tensor {
  const along = resolveAxis('reversed', axis, x.rank);
  if (x.shape[along] < 2) return x;
  const parts = Array.from({ length: x.shape[along] }, (_, at) =>
    slice(x, [...x.shape.slice(0, along).map(() => null), [at, at + 1]]),
  );
  return concat(parts.reverse(), along);
}
