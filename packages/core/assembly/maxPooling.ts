import { storeFirst } from './edges';
import { bytes } from './lanes';
import { endInside, endStep, firstInside, firstStep, spread } from './poolingWindows';

/*
 * The largest number under each window, and its position in the plane; units are planes. The first of equals wins, and the
 * first NaN over all. Of relu(x), a position c where the relu is shut is written as -2 - c.
 */

/** Ones where a candidate replaces the largest number before it: where it is larger, or the first NaN. */
// @ts-ignore: decorator
@inline
function beats(candidate: v128, largest: v128): v128 {
  return v128.andnot(f32x4.eq(largest, largest), f32x4.le(candidate, largest));
}

/** Writes up to four results; `first` are the first positions under the windows. */
// @ts-ignore: decorator
@inline
function write(y: usize, chosen: usize, largest: v128, position: v128, first: v128, count: i32, ofRelu: bool): void {
  if (ofRelu) {
    const isShut = f32x4.le(largest, f32x4.splat(0));
    const isOpen = f32x4.gt(largest, f32x4.splat(0));
    // Under a relu that is shut, all are zeros, and the first of equals wins.
    const at = v128.bitselect(first, position, isShut);
    position = v128.bitselect(at, i32x4.sub(i32x4.splat(-2), at), isOpen);
    largest = v128.andnot(largest, isShut);
  }
  storeFirst(y, largest, count);
  storeFirst(chosen, position, count);
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

/** Two rows of x, which begin at the position `start`, to one of y. The last four windows may overlap the ones before. */
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
    // A comparison that holds is -1 in its lane, so that to subtract it is to go one position to the right.
    const isB = beats(b, a);
    const isD = beats(d, c);
    const ab = v128.bitselect(b, a, isB);
    const cd = v128.bitselect(d, c, isD);
    const isBelow = beats(cd, ab);
    const below = i32x4.sub(i32x4.add(first, i32x4.splat(width)), isD);
    const position = v128.bitselect(below, i32x4.sub(first, isB), isBelow);
    const at = bytes(column);
    write(y + at, chosen + at, v128.bitselect(cd, ab, isBelow), position, first, outWidth, ofRelu);
    column += 4;
  } while (column < outWidth);
}

/** Windows of any kind: four at a time where they hold no padding to the left or right, else one by one. */
export function maxPoolAny(x: usize, y: usize, chosen: usize, height: i32, width: i32, outHeight: i32, outWidth: i32, kernelHeight: i32, kernelWidth: i32, strideY: i32, strideX: i32, paddingTop: i32, paddingLeft: i32, dilationY: i32, dilationX: i32, ofRelu: i32, from: i32, to: i32): void {
  const inside = firstInside(paddingLeft, strideX);
  const end = endInside(paddingLeft, strideX, width, (kernelWidth - 1) * dilationX, outWidth);
  for (let plane = from; plane < to; plane++) {
    const source = x + bytes(plane * height * width);
    for (let row = 0; row < outHeight; row++) {
      const top = row * strideY - paddingTop;
      const firstRow = firstStep(top, dilationY);
      const rows = endStep(top, dilationY, height, kernelHeight) - firstRow;
      const start = (top + firstRow * dilationY) * width;
      const at = bytes((plane * outHeight + row) * outWidth);
      for (let column = 0; column < outWidth; ) {
        const left = column * strideX - paddingLeft;
        const isInside = rows > 0 && column >= inside && column < end && end - inside >= 4;
        if (isInside) {
          const four = min(column, end - 4);
          const target = at + bytes(four);
          poolFour(source, y + target, chosen + target, start + four * strideX - paddingLeft, rows, kernelWidth, dilationY * width, dilationX, strideX, ofRelu != 0);
          column = four + 4;
          continue;
        }
        const firstColumn = firstStep(left, dilationX);
        const columns = endStep(left, dilationX, width, kernelWidth) - firstColumn;
        const target = at + bytes(column);
        poolOne(source, y + target, chosen + target, start + left + firstColumn * dilationX, rows, columns, dilationY * width, dilationX, ofRelu != 0);
        column++;
      }
    }
  }
}

/** Four windows; `start` is the first position under the first of them, `down` and `right` lead to the next. */
function poolFour(x: usize, y: usize, chosen: usize, start: i32, rows: i32, columns: i32, down: i32, right: i32, stride: i32, ofRelu: bool): void {
  const first = i32x4.add(i32x4.splat(start), i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(stride)));
  let largest = spread(x + bytes(start), stride);
  let position = first;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const offset = i * down + j * right;
      const candidate = spread(x + bytes(start + offset), stride);
      const isBetter = beats(candidate, largest);
      largest = v128.bitselect(candidate, largest, isBetter);
      position = v128.bitselect(i32x4.add(first, i32x4.splat(offset)), position, isBetter);
    }
  }
  write(y, chosen, largest, position, first, 4, ofRelu);
}

function poolOne(x: usize, y: usize, chosen: usize, start: i32, rows: i32, columns: i32, down: i32, right: i32, ofRelu: bool): void {
  if (rows <= 0 || columns <= 0) {
    store<f32>(y, -Infinity);
    store<i32>(chosen, -1);
    return;
  }
  let largest = load<f32>(x + bytes(start));
  let position = start;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = start + i * down + j * right;
      const candidate = load<f32>(x + bytes(at));
      if (largest != largest || candidate <= largest) continue;
      largest = candidate;
      position = at;
    }
  }
  write(y, chosen, f32x4.splat(largest), i32x4.splat(position), i32x4.splat(start), 1, ofRelu);
}
