import { bytes, sumOfLanes, zeros } from './lanes';
import { endInside, firstInside, spread } from './poolingWindows';

/* Means under windows, whose share of each sum is given by position; units are planes. */

/** y = the sum of the numbers under each window, times its share */
export function averagePool(x: usize, shares: usize, y: usize, height: i32, width: i32, outHeight: i32, outWidth: i32, kernelHeight: i32, kernelWidth: i32, strideY: i32, strideX: i32, paddingTop: i32, paddingLeft: i32, from: i32, to: i32): void {
  const inside = firstInside(paddingLeft, strideX);
  const end = endInside(paddingLeft, strideX, width, kernelWidth - 1, outWidth);
  for (let plane = from; plane < to; plane++) {
    const source = x + bytes(plane * height * width);
    for (let row = 0; row < outHeight; row++) {
      const top = max(0, row * strideY - paddingTop);
      const rows = min(height, row * strideY - paddingTop + kernelHeight) - top;
      const line = source + bytes(top * width);
      const share = shares + bytes(row * outWidth);
      const target = y + bytes((plane * outHeight + row) * outWidth);
      for (let column = 0; column < outWidth; ) {
        const isInside = column >= inside && column < end && end - inside >= 4;
        if (isInside) {
          const four = min(column, end - 4);
          const sums = sumOfFour(line + bytes(four * strideX - paddingLeft), rows, kernelWidth, bytes(width), strideX);
          v128.store(target + bytes(four), f32x4.mul(sums, v128.load(share + bytes(four))));
          column = four + 4;
          continue;
        }
        const left = max(0, column * strideX - paddingLeft);
        const columns = min(width, column * strideX - paddingLeft + kernelWidth) - left;
        const sum = sumOfOne(line + bytes(left), rows, columns, bytes(width));
        store<f32>(target + bytes(column), sum * load<f32>(share + bytes(column)));
        column++;
      }
    }
  }
}

/** The sums under four windows beside each other. */
function sumOfFour(x: usize, rows: i32, columns: i32, rowStep: usize, stride: i32): v128 {
  let sums = zeros();
  for (let i = 0; i < rows; i++, x += rowStep) {
    for (let j = 0; j < columns; j++) sums = f32x4.add(sums, spread(x + bytes(j), stride));
  }
  return sums;
}

/** The sum under one window. */
function sumOfOne(x: usize, rows: i32, columns: i32, rowStep: usize): f32 {
  let lanes = zeros();
  let rest: f32 = 0;
  for (let i = 0; i < rows; i++, x += rowStep) {
    let j = 0;
    for (; j + 4 <= columns; j += 4) lanes = f32x4.add(lanes, v128.load(x + bytes(j)));
    for (; j < columns; j++) rest += load<f32>(x + bytes(j));
  }
  return sumOfLanes(lanes) + rest;
}

/** ∂x of averagePool for windows of 2 × 2 beside each other, without padding, of which at least four lie in a row. */
export function averagePoolHalvesGradient(g: usize, shares: usize, xGradient: usize, height: i32, width: i32, outHeight: i32, outWidth: i32, from: i32, to: i32): void {
  for (let plane = from; plane < to; plane++) {
    const target = xGradient + bytes(plane * height * width);
    for (let row = 0; row < outHeight; row++) {
      const source = g + bytes((plane * outHeight + row) * outWidth);
      const top = target + bytes(2 * row * width);
      spreadHalves(source, shares + bytes(row * outWidth), top, top + bytes(width), outWidth);
      if (width & 1) clearLast(top, width);
    }
    if (height & 1) memory.fill(target + bytes((height - 1) * width), 0, bytes(width));
  }
}

/** Zeros in the last column of two rows, which is under no window. */
// @ts-ignore: decorator
@inline
function clearLast(top: usize, width: i32): void {
  store<f32>(top + bytes(width - 1), 0);
  store<f32>(top + bytes(2 * width - 1), 0);
}

function spreadHalves(g: usize, shares: usize, top: usize, bottom: usize, outWidth: i32): void {
  let column = 0;
  do {
    column = min(column, outWidth - 4);
    const share = f32x4.mul(v128.load(g + bytes(column)), v128.load(shares + bytes(column)));
    const first = v128.shuffle<f32>(share, share, 0, 0, 1, 1);
    const second = v128.shuffle<f32>(share, share, 2, 2, 3, 3);
    const at = bytes(2 * column);
    v128.store(top + at, first);
    v128.store(top + at, second, 16);
    v128.store(bottom + at, first);
    v128.store(bottom + at, second, 16);
    column += 4;
  } while (column < outWidth);
}

/** ∂x of averagePool: each position hands its share to every number under its window. */
export function averagePoolGradient(g: usize, shares: usize, xGradient: usize, height: i32, width: i32, outHeight: i32, outWidth: i32, kernelHeight: i32, kernelWidth: i32, strideY: i32, strideX: i32, paddingTop: i32, paddingLeft: i32, from: i32, to: i32): void {
  for (let plane = from; plane < to; plane++) {
    const target = xGradient + bytes(plane * height * width);
    memory.fill(target, 0, bytes(height * width));
    for (let row = 0; row < outHeight; row++) {
      const top = max(0, row * strideY - paddingTop);
      const rows = min(height, row * strideY - paddingTop + kernelHeight) - top;
      for (let column = 0; column < outWidth; column++) {
        const left = max(0, column * strideX - paddingLeft);
        const columns = min(width, column * strideX - paddingLeft + kernelWidth) - left;
        const share = load<f32>(g + bytes((plane * outHeight + row) * outWidth + column)) * load<f32>(shares + bytes(row * outWidth + column));
        addTo(target + bytes(top * width + left), rows, columns, bytes(width), share);
      }
    }
  }
}

function addTo(x: usize, rows: i32, columns: i32, rowStep: usize, share: f32): void {
  const shares = f32x4.splat(share);
  for (let i = 0; i < rows; i++, x += rowStep) {
    let j = 0;
    for (; j + 4 <= columns; j += 4) v128.store(x + bytes(j), f32x4.add(v128.load(x + bytes(j)), shares));
    for (; j < columns; j++) store<f32>(x + bytes(j), load<f32>(x + bytes(j)) + share);
  }
}
