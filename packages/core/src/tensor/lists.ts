import { allocate } from '../allocate.ts';
import type { FloatArray } from '../kernels/dtype.ts';
import type { Shape } from './shape.ts';

/** Lists of numbers within lists, as `toList` gives them: a number for a scalar. */
export type NestedList = number | readonly NestedList[];

/** The same as JSON holds them: `"NaN"`, `"Infinity"` and `"-Infinity"` stand for what JSON has no sign for. */
export type JsonList = number | string | readonly JsonList[];

/** Flat numbers in row-major order as lists within lists. */
export function nest(flat: FloatArray, shape: Shape, element: (number: number) => number | string): JsonList {
  let index = 0;
  const list = (axis: number): JsonList =>
    axis === shape.length
      ? element(flat[index++])
      : Array.from(allocate<unknown[]>(Array, shape[axis]), () => list(axis + 1));
  return list(0);
}
