import { firstStep, nothing, shutAt } from './chosenPosition.ts';
import type { FloatArray } from './dtype.ts';
import { maxPool2d, type PoolingSizes } from './pooling.ts';

/**
 * y = the largest of relu(x) under each window, without relu(x) being written, and `chosen` = what {@link maxPool2d} would
 * choose of relu(x): its position c where the relu is open, and -2 - c where it is shut, which is where x ≤ 0 under all of the
 * window (then c is its first position, for zeros are equal), or x is NaN. Padding alone is -Infinity, with the position -1.
 */
export function maxPool2dOfRelu(x: FloatArray, y: FloatArray, chosen: Int32Array, ...sizes: PoolingSizes): void {
  const [planes, , width, outHeight, outWidth, , , strideY, strideX] = sizes;
  const [paddingTop, paddingLeft, dilationY, dilationX] = sizes.slice(9);
  maxPool2d(x, y, chosen, ...sizes);
  for (let plane = 0, at = 0; plane < planes; plane++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const row = firstPosition(oy * strideY - paddingTop, dilationY);
      for (let ox = 0; ox < outWidth; ox++, at++) {
        if (y[at] > 0 || chosen[at] === nothing) continue;
        if (Number.isNaN(y[at])) chosen[at] = shutAt(chosen[at]);
        else {
          y[at] = 0;
          chosen[at] = shutAt(row * width + firstPosition(ox * strideX - paddingLeft, dilationX));
        }
      }
    }
  }
}

/** Where a window that starts at `start` meets the first number that is not padding, along one axis. */
function firstPosition(start: number, dilation: number): number {
  return start + firstStep(start, dilation) * dilation;
}

/**
 * x[plane, chosen[plane, position]] += y[plane, position] where the relu is open there, into zeros: what
 * flows back through pooling and relu together.
 */
export function putOpen(
  y: FloatArray,
  chosen: Int32Array,
  x: FloatArray,
  planes: number,
  planeSize: number,
  positions: number,
): void {
  x.fill(0);
  for (let plane = 0, at = 0; plane < planes; plane++) {
    for (let position = 0; position < positions; position++, at++) {
      if (chosen[at] >= 0) x[plane * planeSize + chosen[at]] += y[at];
    }
  }
}
