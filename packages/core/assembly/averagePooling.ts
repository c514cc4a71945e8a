import { storeFirst } from './edges';
import { bytes, sumOfLanes, zeros } from './lanes';
import { endInside, firstInside, padRows, spread } from './poolingWindows';

/* Means under windows, whose share of each sum is given by pixel; units are planes. */

/**
 * y = the sum of the numbers under each window, at most three numbers wide, times its share. A unit is a band of up to
 * `bandRows` rows of y. `rooms` has `roomBytes` for each thread; where lines of `lineLength` numbers are asked for, the rows
 * of x are copied there, with zeros on both sides.
 */
export function averagePoolNarrow(x: usize, shares: usize, y: usize, height: i32, width: i32, outHeight: i32, outWidth: i32, kernelHeight: i32, kernelWidth: i32, strideY: i32, strideX: i32, paddingTop: i32, paddingLeft: i32, bandRows: i32, lineLength: i32, rooms: usize, roomBytes: usize, from: i32, to: i32, thread: i32): void {
  const bands = (outHeight + bandRows - 1) / bandRows;
  const lines = rooms + <usize>thread * roomBytes;
  const isCopied = lineLength > 0;
  const lineStep = bytes(isCopied ? lineLength : width);
  for (let unit = from; unit < to; unit++) {
    const plane = unit / bands;
    const firstRow = (unit % bands) * bandRows;
    const endRow = min(outHeight, firstRow + bandRows);
    const top = max(0, firstRow * strideY - paddingTop);
    const bottom = min(height, (endRow - 1) * strideY - paddingTop + kernelHeight);
    const source = x + bytes((plane * height + top) * width);
    if (isCopied) padRows(source, lines, bottom - top, width, lineLength, paddingLeft, 0);
    for (let row = firstRow; row < endRow; row++) {
      const first = max(0, row * strideY - paddingTop);
      const rows = min(height, row * strideY - paddingTop + kernelHeight) - first;
      const line = (isCopied ? lines : source) + <usize>(first - top) * lineStep;
      const target = y + bytes((plane * outHeight + row) * outWidth);
      averageRow(line, lineStep, shares + bytes(row * outWidth), target, rows, outWidth, kernelWidth, strideX);
    }
  }
}

function averageRow(line: usize, lineStep: usize, shares: usize, y: usize, rows: i32, outWidth: i32, kernelWidth: i32, stride: i32): void {
  if (stride == 1) averageRowBy(line, lineStep, shares, y, rows, outWidth, kernelWidth, 1);
  else if (stride == 2) averageRowBy(line, lineStep, shares, y, rows, outWidth, kernelWidth, 2);
  else averageRowBy(line, lineStep, shares, y, rows, outWidth, kernelWidth, stride);
}

// @ts-ignore: decorator
@inline
function averageRowBy(line: usize, lineStep: usize, shares: usize, y: usize, rows: i32, outWidth: i32, kernelWidth: i32, stride: i32): void {
  for (let column = 0; column < outWidth; column += 4) {
    let sums = zeros();
    let at = line + bytes(column * stride);
    for (let i = 0; i < rows; i++, at += lineStep) {
      sums = f32x4.add(sums, spread(at, stride));
      if (kernelWidth > 1) sums = f32x4.add(sums, spread(at + 4, stride));
      if (kernelWidth > 2) sums = f32x4.add(sums, spread(at + 8, stride));
    }
    storeFirst(y + bytes(column), f32x4.mul(sums, v128.load(shares + bytes(column))), outWidth - column);
  }
}

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

/**
 * ∂x of averagePool for windows that overlap. A unit is a band of up to `bandRows` rows of xGradient. A row of shares is
 * written into `line` with stride - 1 zeros between them, so that the sum of as many neighbours as a window is wide is what a
 * number of x gets of that row: in the order of the windows, as zeros add nothing.
 */
export function averagePoolOverlapGradient(g: usize, shares: usize, xGradient: usize, height: i32, width: i32, outHeight: i32, outWidth: i32, kernelHeight: i32, kernelWidth: i32, strideY: i32, strideX: i32, paddingTop: i32, paddingLeft: i32, bandRows: i32, lineLength: i32, rooms: usize, roomBytes: usize, from: i32, to: i32, thread: i32): void {
  const bands = (height + bandRows - 1) / bandRows;
  const line = rooms + <usize>thread * roomBytes;
  memory.fill(line, 0, bytes(lineLength));
  for (let unit = from; unit < to; unit++) {
    const plane = unit / bands;
    const top = (unit % bands) * bandRows;
    const bottom = min(height, top + bandRows);
    const target = xGradient + bytes((plane * height + top) * width);
    memory.fill(target, 0, bytes((bottom - top) * width));
    const firstRow = max(0, top + paddingTop - kernelHeight + strideY) / strideY;
    const endRow = min(outHeight, (bottom - 1 + paddingTop) / strideY + 1);
    for (let row = firstRow; row < endRow; row++) {
      const first = max(top, row * strideY - paddingTop);
      const end = min(bottom, row * strideY - paddingTop + kernelHeight);
      const source = bytes((plane * outHeight + row) * outWidth);
      spreadShares(g + source, shares + bytes(row * outWidth), line + bytes(kernelWidth - 1), outWidth, bytes(strideX));
      for (let r = first; r < end; r++) {
        addNeighbours(line + bytes(paddingLeft), target + bytes((r - top) * width), width, bytes(kernelWidth));
      }
    }
  }
}

function spreadShares(g: usize, shares: usize, line: usize, outWidth: i32, step: usize): void {
  for (let at: usize = 0; at < bytes(outWidth); at += 4, line += step) {
    store<f32>(line, load<f32>(g + at) * load<f32>(shares + at));
  }
}

/** x[i] += line[i] + … + line[i + size - 1], one after the other */
function addNeighbours(line: usize, x: usize, width: i32, size: usize): void {
  if (size == 8) addNeighboursOf(line, x, width, 8);
  else if (size == 12) addNeighboursOf(line, x, width, 12);
  else addNeighboursOf(line, x, width, size);
}

// @ts-ignore: decorator
@inline
function addNeighboursOf(line: usize, x: usize, width: i32, size: usize): void {
  for (let column = 0; column < width; column += 4) {
    const at = bytes(column);
    let sums = f32x4.add(v128.load(x + at), v128.load(line + at));
    if (size >= 8) sums = f32x4.add(sums, v128.load(line + at, 4));
    if (size >= 12) sums = f32x4.add(sums, v128.load(line + at, 8));
    for (let shift: usize = 12; shift < size; shift += 4) sums = f32x4.add(sums, v128.load(line + at + shift));
    storeFirst(x + at, sums, width - column);
  }
}

/** ∂x of averagePool: each mean hands its share to every number under its window. */
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
