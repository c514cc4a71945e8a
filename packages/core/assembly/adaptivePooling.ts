import { storeFirst } from './edges';
import { indexOfLargest } from './extremes';
import { highHalf, lowHalf } from './halves';
import { bytes, zeros } from './lanes';

/*
 * Poolings of planes into a given number of cells; units are planes. Cell i of an axis covers ⌊i·length / cells⌋ up to, and
 * without, ⌈(i + 1)·length / cells⌉.
 */

// @ts-ignore: decorator
@inline
function startOf(cell: i32, length: i32, cells: i32): i32 {
  return (cell * length) / cells;
}

// @ts-ignore: decorator
@inline
function endOf(cell: i32, length: i32, cells: i32): i32 {
  return ((cell + 1) * length + cells - 1) / cells;
}

/** y = the mean of the numbers of each cell, summed up in float64 */
export function adaptiveAverage(
  x: usize, y: usize, height: i32, width: i32, outHeight: i32, outWidth: i32, from: i32, to: i32,
): void {
  let target = y + bytes(from * outHeight * outWidth);
  for (let plane = from; plane < to; plane++) {
    const source = x + bytes(plane * height * width);
    for (let i = 0; i < outHeight; i++) {
      const top = startOf(i, height, outHeight);
      const rows = endOf(i, height, outHeight) - top;
      for (let j = 0; j < outWidth; j++, target += 4) {
        const left = startOf(j, width, outWidth);
        const columns = endOf(j, width, outWidth) - left;
        const cell = source + bytes(top * width + left);
        const sum = columns == width ? sumOfRows(cell, 1, rows * width, 0) : sumOfRows(cell, rows, columns, bytes(width));
        store<f32>(target, <f32>(sum / <f64>(rows * columns)));
      }
    }
  }
}

function sumOfRows(x: usize, rows: i32, columns: i32, rowStep: usize): f64 {
  let low = f64x2.splat(0);
  let high = low;
  let rest: f64 = 0;
  for (let i = 0; i < rows; i++, x += rowStep) {
    let j = 0;
    for (; j + 4 <= columns; j += 4) {
      const four = v128.load(x + bytes(j));
      low = f64x2.add(low, lowHalf(four));
      high = f64x2.add(high, highHalf(four));
    }
    for (; j < columns; j++) rest += <f64>load<f32>(x + bytes(j));
  }
  const sums = f64x2.add(low, high);
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1) + rest;
}

/** ∂x of adaptiveAverage: each number of a cell gets an equal share of the cell's cotangent. */
export function adaptiveAverageGradient(
  g: usize, xGradient: usize, height: i32, width: i32, outHeight: i32, outWidth: i32, from: i32, to: i32,
): void {
  const isDivided = height % outHeight == 0 && width % outWidth == 0;
  let source = g + bytes(from * outHeight * outWidth);
  for (let plane = from; plane < to; plane++) {
    const target = xGradient + bytes(plane * height * width);
    if (!isDivided) memory.fill(target, 0, bytes(height * width));
    for (let i = 0; i < outHeight; i++) {
      const top = startOf(i, height, outHeight);
      const rows = endOf(i, height, outHeight) - top;
      for (let j = 0; j < outWidth; j++, source += 4) {
        const left = startOf(j, width, outWidth);
        const columns = endOf(j, width, outWidth) - left;
        const cell = target + bytes(top * width + left);
        // It is added to 0, and -0 becomes 0.
        const share = <f64>load<f32>(source) / <f64>(rows * columns) + 0;
        if (!isDivided) addToRows(cell, rows, columns, bytes(width), share);
        else if (columns == width) fillRows(cell, 1, rows * width, 0, <f32>share);
        else fillRows(cell, rows, columns, bytes(width), <f32>share);
      }
    }
  }
}

/** Where cells divide the plane, each number has one share. */
function fillRows(x: usize, rows: i32, columns: i32, rowStep: usize, share: f32): void {
  const shares = f32x4.splat(share);
  for (let i = 0; i < rows; i++, x += rowStep) {
    for (let j = 0; j < columns; j += 4) storeFirst(x + bytes(j), shares, columns - j);
  }
}

function addToRows(x: usize, rows: i32, columns: i32, rowStep: usize, share: f64): void {
  for (let i = 0; i < rows; i++, x += rowStep) {
    const end = x + bytes(columns);
    for (let at = x; at < end; at += 4) store<f32>(at, <f32>(<f64>load<f32>(at) + share));
  }
}

/** chosen = the index in its plane of the first largest number of each cell, or of its first NaN */
export function adaptiveLargest(
  x: usize, chosen: usize, height: i32, width: i32, outHeight: i32, outWidth: i32, from: i32, to: i32,
): void {
  let target = chosen + bytes(from * outHeight * outWidth);
  for (let plane = from; plane < to; plane++) {
    const source = x + bytes(plane * height * width);
    for (let i = 0; i < outHeight; i++) {
      const top = startOf(i, height, outHeight);
      const rows = endOf(i, height, outHeight) - top;
      for (let j = 0; j < outWidth; j++, target += 4) {
        const left = startOf(j, width, outWidth);
        const columns = endOf(j, width, outWidth) - left;
        const start = top * width + left;
        const cell = source + bytes(start);
        const isLine = columns == width;
        store<i32>(target, start + (isLine ? indexOfLargest(cell, rows * width, zeros()) : largestOfRows(cell, rows, columns, width)));
      }
    }
  }
}

/** The index, from the first of the cell on, of the largest number of some rows that lie `width` numbers apart. */
function largestOfRows(x: usize, rows: i32, columns: i32, width: i32): i32 {
  let best = 0;
  let largest = load<f32>(x);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const candidate = load<f32>(x + bytes(i * width + j));
      if (largest != largest || candidate <= largest) continue;
      largest = candidate;
      best = i * width + j;
    }
  }
  return best;
}
