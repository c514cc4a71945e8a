import type { FloatArray } from './dtype.ts';

/**
 * The sizes of a pooling of planes into a given number of cells. Cell i of an axis covers ⌊i·length / cells⌋ up to, and
 * without, ⌈(i + 1)·length / cells⌉: where the cells do not divide the length, neighbours overlap.
 */
export type AdaptivePoolingSizes = readonly [
  planes: number,
  height: number,
  width: number,
  outHeight: number,
  outWidth: number,
];

/** y = the mean of the numbers of each cell */
export function adaptiveAvgPool2d(x: FloatArray, y: FloatArray, ...sizes: AdaptivePoolingSizes): void {
  forEachCell(sizes, (at, base, top, bottom, left, right, width) => {
    let total = 0;
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) total += x[base + row * width + column];
    }
    y[at] = total / ((bottom - top) * (right - left));
  });
}

/** ∂x of {@link adaptiveAvgPool2d}: each number of a cell gets an equal share of the cell's cotangent g. */
export function adaptiveAvgPool2dGradient(g: FloatArray, xGradient: FloatArray, ...sizes: AdaptivePoolingSizes): void {
  xGradient.fill(0);
  forEachCell(sizes, (at, base, top, bottom, left, right, width) => {
    const share = g[at] / ((bottom - top) * (right - left));
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) xGradient[base + row * width + column] += share;
    }
  });
}

/** chosen = the index in its plane (row·width + column) of the first largest number of each cell, or of its first NaN */
export function adaptiveArgMax2d(x: FloatArray, chosen: Int32Array, ...sizes: AdaptivePoolingSizes): void {
  forEachCell(sizes, (at, base, top, bottom, left, right, width) => {
    let index = top * width + left;
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        const [candidate, largest] = [x[base + row * width + column], x[base + index]];
        const isFirstNaN = Number.isNaN(candidate) && !Number.isNaN(largest);
        if (candidate > largest || isFirstNaN) index = row * width + column;
      }
    }
    chosen[at] = index;
  });
}

type Visit = (
  at: number,
  base: number,
  top: number,
  bottom: number,
  left: number,
  right: number,
  width: number,
) => void;

/** Visits each cell of each plane, in order: its index `at` in the output, and what it covers of the plane at `base`. */
function forEachCell([planes, height, width, outHeight, outWidth]: AdaptivePoolingSizes, visit: Visit): void {
  for (let plane = 0, at = 0; plane < planes; plane++) {
    for (let i = 0; i < outHeight; i++) {
      const top = Math.floor((i * height) / outHeight);
      const bottom = Math.ceil(((i + 1) * height) / outHeight);
      for (let j = 0; j < outWidth; j++, at++) {
        const left = Math.floor((j * width) / outWidth);
        const right = Math.ceil(((j + 1) * width) / outWidth);
        visit(at, plane * height * width, top, bottom, left, right, width);
      }
    }
  }
}
