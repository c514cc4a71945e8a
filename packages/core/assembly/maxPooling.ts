import { storeFirst } from './edges';
import { indexOfLargest } from './extremes';
import { bytes } from './lanes';
import { endStep, firstStep, padRows, spread } from './poolingWindows';

/*
 * The largest number under each window, and its index in the plane; units are planes. The first of equals wins, and the
 * first NaN over all. Of relu(x), an index c where the relu is shut is written as -2 - c.
 */

/** Ones where a candidate replaces the largest number before it: where it is larger, or the first NaN. */
// @ts-ignore: decorator
@inline
function beats(candidate: v128, largest: v128): v128 {
  return v128.andnot(f32x4.eq(largest, largest), f32x4.le(candidate, largest));
}

/** Writes up to four results; `first` are the first indices under the windows. */
// @ts-ignore: decorator
@inline
function write(y: usize, chosen: usize, largest: v128, index: v128, first: v128, count: i32, ofRelu: bool): void {
  if (ofRelu) {
    const isShut = f32x4.le(largest, f32x4.splat(0));
    const isOpen = f32x4.gt(largest, f32x4.splat(0));
    // Under a relu that is shut, all are zeros, and the first of equals wins.
    const at = v128.bitselect(first, index, isShut);
    index = v128.bitselect(at, i32x4.sub(i32x4.splat(-2), at), isOpen);
    largest = v128.andnot(largest, isShut);
  }
  storeFirst(y, largest, count);
  storeFirst(chosen, index, count);
}

/** Windows of 2 × 2 beside each other, without padding. */
export function maxPoolHalves(x: usize, y: usize, chosen: usize, height: i32, width: i32, outHeight: i32, outWidth: i32, from: i32, to: i32): void {
  for (let plane = from; plane < to; plane++) {
    for (let row = 0; row < outHeight; row++) {
      const at = bytes((plane * outHeight + row) * outWidth);
      halveRow(x + bytes((plane * height + 2 * row) * width), 2 * row * width, width, y + at, chosen + at, outWidth, false);
    }
  }
}

/** The same of relu(x). */
export function maxPoolHalvesOfRelu(x: usize, y: usize, chosen: usize, height: i32, width: i32, outHeight: i32, outWidth: i32, from: i32, to: i32): void {
  for (let plane = from; plane < to; plane++) {
    for (let row = 0; row < outHeight; row++) {
      const at = bytes((plane * outHeight + row) * outWidth);
      halveRow(x + bytes((plane * height + 2 * row) * width), 2 * row * width, width, y + at, chosen + at, outWidth, true);
    }
  }
}

/** Two rows of x, which begin at the index `start`, to one of y. The last four windows may overlap the ones before. */
// @ts-ignore: decorator
@inline
function halveRow(x: usize, start: i32, width: i32, y: usize, chosen: usize, outWidth: i32, ofRelu: bool): void {
  let column = 0;
  do {
    column = max(0, min(column, outWidth - 4));
    const top = x + bytes(2 * column);
    const bottom = top + bytes(width);
    const first = i32x4.add(i32x4.splat(start + 2 * column), i32x4(0, 2, 4, 6));
    const a = v128.shuffle<f32>(v128.load(top), v128.load(top, 16), 0, 2, 4, 6);
    const b = v128.shuffle<f32>(v128.load(top), v128.load(top, 16), 1, 3, 5, 7);
    const c = v128.shuffle<f32>(v128.load(bottom), v128.load(bottom, 16), 0, 2, 4, 6);
    const d = v128.shuffle<f32>(v128.load(bottom), v128.load(bottom, 16), 1, 3, 5, 7);
    // A comparison that holds is -1 in its lane, so that to subtract it is to go one index to the right.
    const isB = beats(b, a);
    const isD = beats(d, c);
    const ab = v128.bitselect(b, a, isB);
    const cd = v128.bitselect(d, c, isD);
    const isBelow = beats(cd, ab);
    const below = i32x4.sub(i32x4.add(first, i32x4.splat(width)), isD);
    const index = v128.bitselect(below, i32x4.sub(first, isB), isBelow);
    const at = bytes(column);
    write(y + at, chosen + at, v128.bitselect(cd, ab, isBelow), index, first, outWidth, ofRelu);
    column += 4;
  } while (column < outWidth);
}

/**
 * Windows of any kind. A unit is a band of up to `bandRows` rows of y. Each row of x under the band is pooled along itself, once;
 * then the results of the rows under a window are compared. `rooms` has `roomBytes` for each thread; where lines of
 * `lineLength` numbers are asked for, the rows are copied there, with -Infinity on both sides.
 */
export function maxPoolAny(x: usize, y: usize, chosen: usize, height: i32, width: i32, outHeight: i32, outWidth: i32, kernelHeight: i32, kernelWidth: i32, strideY: i32, strideX: i32, paddingTop: i32, paddingLeft: i32, dilationY: i32, dilationX: i32, ofRelu: i32, bandRows: i32, lineLength: i32, rooms: usize, roomBytes: usize, from: i32, to: i32, thread: i32): void {
  const bands = (outHeight + bandRows - 1) / bandRows;
  const columns = (outWidth + 3) & ~3;
  const firsts = rooms + <usize>thread * roomBytes;
  const lines = firsts + bytes(columns);
  const hasEmpty = listFirsts(firsts, columns, outWidth, width, kernelWidth, strideX, paddingLeft, dilationX);

  for (let unit = from; unit < to; unit++) {
    const plane = unit / bands;
    const firstRow = (unit % bands) * bandRows;
    const endRow = min(outHeight, firstRow + bandRows);
    const top = max(0, firstRow * strideY - paddingTop);
    const rowsSeen = max(0, min(height, (endRow - 1) * strideY - paddingTop + (kernelHeight - 1) * dilationY + 1) - top);
    const source = x + bytes((plane * height + top) * width);
    const largest = lines + bytes(rowsSeen * lineLength);
    const indices = largest + bytes(rowsSeen * columns);
    const isCopied = lineLength > 0;
    if (isCopied) padRows(source, lines, rowsSeen, width, lineLength, paddingLeft, -Infinity);
    poolLines(isCopied ? lines : source, bytes(isCopied ? lineLength : width), firsts, largest, indices, rowsSeen, top * width, width, columns, kernelWidth, strideX, paddingLeft, dilationX);
    for (let row = firstRow; row < endRow; row++) {
      const above = row * strideY - paddingTop;
      const step = firstStep(above, dilationY);
      const rows = endStep(above, dilationY, height, kernelHeight) - step;
      const first = above + step * dilationY;
      const result = bytes((first - top) * columns);
      const target = bytes((plane * outHeight + row) * outWidth);
      if (rows > 0) poolRows(largest + result, indices + result, firsts, y + target, chosen + target, rows, first * width, bytes(dilationY * columns), outWidth, ofRelu != 0);
      if (rows <= 0 || hasEmpty) fillEmpty(firsts, y + target, chosen + target, outWidth, rows <= 0);
    }
  }
}

/** One window, which is the whole plane; units are planes. */
export function maxPoolWhole(x: usize, y: usize, chosen: usize, planeSize: i32, ofRelu: i32, from: i32, to: i32): void {
  for (let plane = from; plane < to; plane++) {
    const source = x + bytes(plane * planeSize);
    const index = indexOfLargest(source, planeSize, i32x4.splat(0));
    const largest = v128.load32_splat(source + bytes(index));
    write(y + bytes(plane), chosen + bytes(plane), largest, i32x4.splat(index), i32x4.splat(0), 1, ofRelu != 0);
  }
}

/** Writes the first column under each window, and -1 where there is none; whether there is such a window. */
function listFirsts(firsts: usize, columns: i32, outWidth: i32, width: i32, kernelWidth: i32, stride: i32, padding: i32, dilation: i32): bool {
  let hasEmpty = false;
  for (let column = 0; column < columns; column++) {
    const left = column * stride - padding;
    const step = firstStep(left, dilation);
    const isEmpty = endStep(left, dilation, width, kernelWidth) <= step;
    store<i32>(firsts + bytes(column), isEmpty ? -1 : left + step * dilation);
    hasEmpty = hasEmpty || (isEmpty && column < outWidth);
  }
  return hasEmpty;
}

/** Rows of x: the largest number under each window of a row, and its index in the plane; `rowStart` is that of the first row. */
function poolLines(line: usize, rowStep: usize, firsts: usize, largest: usize, indices: usize, rows: i32, rowStart: i32, width: i32, columns: i32, kernelWidth: i32, stride: i32, padding: i32, dilation: i32): void {
  const size = bytes(columns);
  for (let row = 0; row < rows; row++) {
    if (stride == 1) poolLine(line, firsts, largest, indices, rowStart, size, kernelWidth, 1, padding, dilation);
    else if (stride == 2) poolLine(line, firsts, largest, indices, rowStart, size, kernelWidth, 2, padding, dilation);
    else poolLine(line, firsts, largest, indices, rowStart, size, kernelWidth, stride, padding, dilation);
    line += rowStep;
    rowStart += width;
    largest += size;
    indices += size;
  }
}

// @ts-ignore: decorator
@inline
function poolLine(line: usize, firsts: usize, largest: usize, indices: usize, rowStart: i32, size: usize, kernelWidth: i32, stride: i32, padding: i32, dilation: i32): void {
  const starts = i32x4.splat(rowStart);
  const right = i32x4.splat(dilation);
  let lefts = i32x4.add(i32x4.splat(rowStart - padding), i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(stride)));
  for (let column: usize = 0; column < size; column += 16) {
    // Where nothing is larger than -Infinity, the first number under the window is the largest.
    let best = f32x4.splat(-Infinity);
    let index = i32x4.add(v128.load(firsts + column), starts);
    let next = lefts;
    let at = line + column * stride;
    for (const end = at + bytes(kernelWidth * dilation); at < end; at += bytes(dilation)) {
      const candidate = spread(at, stride);
      const isBetter = beats(candidate, best);
      best = v128.bitselect(candidate, best, isBetter);
      index = v128.bitselect(next, index, isBetter);
      next = i32x4.add(next, right);
    }
    v128.store(largest + column, best);
    v128.store(indices + column, index);
    lefts = i32x4.add(lefts, i32x4.splat(4 * stride));
  }
}

/** The largest of some rows' results, `down` bytes apart, of which the first is of the row that begins at index `rowStart`. */
function poolRows(largest: usize, indices: usize, firsts: usize, y: usize, chosen: usize, rows: i32, rowStart: i32, down: usize, outWidth: i32, ofRelu: bool): void {
  for (let column = 0; column < outWidth; column += 4) {
    const at = bytes(column);
    let best = v128.load(largest + at);
    let index = v128.load(indices + at);
    for (let i = 1, next = at + down; i < rows; i++, next += down) {
      const candidate = v128.load(largest + next);
      const isBetter = beats(candidate, best);
      best = v128.bitselect(candidate, best, isBetter);
      index = v128.bitselect(v128.load(indices + next), index, isBetter);
    }
    write(y + at, chosen + at, best, index, i32x4.add(v128.load(firsts + at), i32x4.splat(rowStart)), outWidth - column, ofRelu);
  }
}

/** Under a window that holds padding alone, the largest is -Infinity, and stands nowhere. */
function fillEmpty(firsts: usize, y: usize, chosen: usize, outWidth: i32, all: bool): void {
  for (let at: usize = 0; at < bytes(outWidth); at += 4) {
    if (!all && load<i32>(firsts + at) >= 0) continue;
    store<f32>(y + at, -Infinity);
    store<i32>(chosen + at, -1);
  }
}
