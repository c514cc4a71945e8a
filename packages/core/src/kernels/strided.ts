import type { FloatArray } from './dtype.ts';

/**
 * y[i, j, …] = x[start + i·strides[0] + j·strides[1] + …], row by row into flat y: any view of x, laid out. A stride of 0
 * repeats what is there, a negative one reads backwards.
 */
export function copyStrided(
  x: FloatArray,
  y: FloatArray,
  start: number,
  shape: readonly number[],
  strides: readonly number[],
): void {
  const last = shape.length - 1;
  let at = 0;
  const copyFrom = (axis: number, from: number): void => {
    if (axis > last) y[at++] = x[from];
    else if (axis < last) for (let i = 0; i < shape[axis]; i++) copyFrom(axis + 1, from + i * strides[axis]);
    else for (let i = 0; i < shape[axis]; i++) y[at++] = x[from + i * strides[axis]];
  };
  copyFrom(0, start);
}
