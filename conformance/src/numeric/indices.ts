import { type argMax, type Tensor, take } from '@tapegrad/core';
import { resolveAxis } from '@tapegrad/core/authors';
import type { Numbers } from '../compare.ts';

/** Indices along an axis as numbers to compare, in the shape that the case has for them. */
export function numbersAt(indices: ReturnType<typeof argMax>, shape: readonly number[] = indices.shape): Numbers {
  return { shape, numbers: indices.data };
}

/** x with one axis in reverse order. */
export function reversed(x: Tensor, axis: number): Tensor {
  const length = x.shape[resolveAxis('reversed', axis, x.rank)];
  return take(
    x,
    Uint32Array.from({ length }, (_, at) => length - 1 - at),
    axis,
  );
}
