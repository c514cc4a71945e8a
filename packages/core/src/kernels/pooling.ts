import { indexOf, nothing } from './chosenIndex.ts';
import type { FloatArray } from './dtype.ts';
import { endStep, firstStep } from './windowSteps.ts';

/** The sizes of a two-dimensional pooling. `planes` is batch·channels: every plane is pooled by itself. */
export type PoolingSizes = readonly [
  planes: number,
  height: number,
  width: number,
  outHeight: number,
  outWidth: number,
  kernelHeight: number,
  kernelWidth: number,
  strideY: number,
  strideX: number,
  paddingTop: number,
  paddingLeft: number,
  dilationY: number,
  dilationX: number,
];

/**
 * y = the largest number under each window, and `chosen` = its index in the plane (row·width + column). The first of
 * equals wins, in reading order; a NaN wins over all; padding never wins, and alone gives -Infinity and the index -1.
 */
export function maxPool2d(x: FloatArray, y: FloatArray, chosen: Int32Array, ...sizes: PoolingSizes): void {
  const [planes, height, width, outHeight, outWidth, kernelHeight, kernelWidth, strideY, strideX] = sizes;
  const [paddingTop, paddingLeft, dilationY, dilationX] = sizes.slice(9);
  let at = 0;
  for (let plane = 0; plane < planes; plane++) {
    const base = plane * height * width;
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * strideY - paddingTop;
      const firstRow = firstStep(top, dilationY);
      const endRow = endStep(top, dilationY, height, kernelHeight);
      for (let ox = 0; ox < outWidth; ox++, at++) {
        const left = ox * strideX - paddingLeft;
        const firstColumn = firstStep(left, dilationX);
        const endColumn = endStep(left, dilationX, width, kernelWidth);
        if (firstRow >= endRow || firstColumn >= endColumn) {
          y[at] = -Infinity;
          chosen[at] = nothing;
          continue;
        }
        let index = (top + firstRow * dilationY) * width + left + firstColumn * dilationX;
        let largest = x[base + index];
        for (let i = firstRow; i < endRow; i++) {
          const row = (top + i * dilationY) * width + left;
          for (let j = firstColumn; j < endColumn; j++) {
            const candidate = x[base + row + j * dilationX];
            if (candidate > largest || (Number.isNaN(candidate) && !Number.isNaN(largest))) {
              largest = candidate;
              index = row + j * dilationX;
            }
          }
        }
        y[at] = largest;
        chosen[at] = index;
      }
    }
  }
}

/**
 * y[plane, p] = x[plane, chosen[plane, p]], and 0 where nothing was chosen. What was chosen may be written in either way of
 * chosenIndex.ts: the number stands at the same index.
 */
export function takeChosen(
  x: FloatArray,
  chosen: Int32Array,
  y: FloatArray,
  planes: number,
  planeSize: number,
  pixels: number,
): void {
  for (let plane = 0, at = 0; plane < planes; plane++) {
    for (let p = 0; p < pixels; p++, at++) {
      y[at] = chosen[at] === nothing ? 0 : x[plane * planeSize + indexOf(chosen[at])];
    }
  }
}

/** x[plane, chosen[plane, p]] += y[plane, p], into zeros: the transpose of {@link takeChosen}. */
export function putChosen(
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
      if (chosen[at] !== nothing) x[plane * planeSize + indexOf(chosen[at])] += y[at];
    }
  }
}

/** y = the sum of the numbers under each window, times its share (one over its divisor), given for each pixel of y. */
export function avgPool2d(x: FloatArray, shares: FloatArray, y: FloatArray, ...sizes: PoolingSizes): void {
  const [planes, height, width, outHeight, outWidth, kernelHeight, kernelWidth, strideY, strideX] = sizes;
  const [paddingTop, paddingLeft] = sizes.slice(9);
  let at = 0;
  for (let plane = 0; plane < planes; plane++) {
    const base = plane * height * width;
    for (let oy = 0; oy < outHeight; oy++) {
      const top = Math.max(0, oy * strideY - paddingTop);
      const bottom = Math.min(height, oy * strideY - paddingTop + kernelHeight);
      for (let ox = 0; ox < outWidth; ox++, at++) {
        const left = Math.max(0, ox * strideX - paddingLeft);
        const right = Math.min(width, ox * strideX - paddingLeft + kernelWidth);
        let total = 0;
        for (let row = top; row < bottom; row++) {
          for (let column = left; column < right; column++) total += x[base + row * width + column];
        }
        y[at] = total * shares[oy * outWidth + ox];
      }
    }
  }
}

/** ∂x of {@link avgPool2d}: each pixel hands its share of the cotangent g to every number under its window. */
export function avgPool2dGradient(
  g: FloatArray,
  shares: FloatArray,
  xGradient: FloatArray,
  ...sizes: PoolingSizes
): void {
  const [planes, height, width, outHeight, outWidth, kernelHeight, kernelWidth, strideY, strideX] = sizes;
  const [paddingTop, paddingLeft] = sizes.slice(9);
  xGradient.fill(0);
  let at = 0;
  for (let plane = 0; plane < planes; plane++) {
    const base = plane * height * width;
    for (let oy = 0; oy < outHeight; oy++) {
      const top = Math.max(0, oy * strideY - paddingTop);
      const bottom = Math.min(height, oy * strideY - paddingTop + kernelHeight);
      for (let ox = 0; ox < outWidth; ox++, at++) {
        const left = Math.max(0, ox * strideX - paddingLeft);
        const right = Math.min(width, ox * strideX - paddingLeft + kernelWidth);
        const share = g[at] * shares[oy * outWidth + ox];
        for (let row = top; row < bottom; row++) {
          for (let column = left; column < right; column++) xGradient[base + row * width + column] += share;
        }
      }
    }
  }
}
