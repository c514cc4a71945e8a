import { nothing, shutAt } from './chosenIndex.ts';
import type { FloatArray } from './dtype.ts';
import { maxPool2d, type PoolingSizes } from './pooling.ts';
import { firstStep } from './windowSteps.ts';

/**
 * y = the largest of relu(x) under each window, without relu(x) being written, and `chosen` = what {@link maxPool2d} would
 * choose of relu(x): its index c where the relu is open, and -2 - c where it is shut, which is where x ≤ 0 under all of the
 * window (then c is its first index, for zeros are equal), or x is NaN. Padding alone is -Infinity, with the index -1.
 */
export function maxPool2dOfRelu(x: FloatArray, y: FloatArray, chosen: Int32Array, ...sizes: PoolingSizes): void {
  const [planes, , width, outHeight, outWidth, , , strideY, strideX] = sizes;
  const [paddingTop, paddingLeft, dilationY, dilationX] = sizes.slice(9);
  maxPool2d(x, y, chosen, ...sizes);
  for (let plane = 0, at = 0; plane < planes; plane++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const row = firstNumber(oy * strideY - paddingTop, dilationY);
      for (let ox = 0; ox < outWidth; ox++, at++) {
        if (y[at] > 0 || chosen[at] === nothing) continue;
        if (Number.isNaN(y[at])) chosen[at] = shutAt(chosen[at]);
        else {
          y[at] = 0;
          chosen[at] = shutAt(row * width + firstNumber(ox * strideX - paddingLeft, dilationX));
        }
      }
    }
  }
}

/** The index along one axis of the first number that a window from `start` on meets; what is before it is padding. */
function firstNumber(start: number, dilation: number): number {
  return start + firstStep(start, dilation) * dilation;
}

/**
 * x[plane, chosen[plane, p]] += y[plane, p] where the relu is open there, into zeros: what flows back through pooling and relu together.
 */
export function putOpen(
  y: FloatArray,
  chosen: Int32Array,
  x: FloatArray,
  planes: number,
  planeSize: number,
  pixels: number,
): void {
  x.fill(0);
  for (let plane = 0, at = 0; plane < planes; plane++) {
    for (let p = 0; p < pixels; p++, at++) {
      if (chosen[at] >= 0) x[plane * planeSize + chosen[at]] += y[at];
    }
  }
}
