import { storeFirst } from './edges';
import { bytes } from './lanes';

/*
 * Views laid out: y[…] = x[Σ index·stride], y row by row. A view has up to five outer axes of lengths l0 (known from the
 * units) to l4 and strides s0 to s4, in numbers; those that are missing have length 1.
 */

/** From so many bytes on, the machine's own copy pays for its call. */
const longRow: usize = 2048;

/** Where a row of the view begins in x, in numbers, by its number. */
// @ts-ignore: decorator
@inline
function rowStart(row: i32, l1: i32, l2: i32, l3: i32, s0: i32, s1: i32, s2: i32, s3: i32): i32 {
  let at = (row % l3) * s3;
  row /= l3;
  if (row == 0) return at;
  at += (row % l2) * s2;
  row /= l2;
  if (row == 0) return at;
  return at + (row % l1) * s1 + (row / l1) * s0;
}

/**
 * Rows of `length` numbers with one stride, each cut into pieces of `piece` numbers: a unit is one piece.
 */
export function copyRows(x: usize, y: usize, length: i32, stride: i32, piece: i32, l1: i32, l2: i32, l3: i32, l4: i32, s0: i32, s1: i32, s2: i32, s3: i32, s4: i32, from: i32, to: i32): void {
  const pieces = (length + piece - 1) / piece;
  let row = from / pieces;
  let first = (from % pieces) * piece;
  let inner = row % l4;
  let outer = rowStart(row / l4, l1, l2, l3, s0, s1, s2, s3);
  for (let unit = from; unit < to; unit++) {
    const count = min(piece, length - first);
    const source = x + bytes(outer + inner * s4 + first * stride);
    const target = y + ((<usize>row * <usize>length + <usize>first) << 2);
    if (stride == 1) copyRow(source, target, count);
    else if (stride == 0) repeat(source, target, count);
    else gatherRow(source, target, count, stride);
    first += piece;
    if (first < length) continue;
    first = 0;
    row++;
    if (++inner < l4) continue;
    inner = 0;
    outer = rowStart(row / l4, l1, l2, l3, s0, s1, s2, s3);
  }
}

function copyRow(source: usize, target: usize, count: i32): void {
  const size = bytes(count);
  if (size >= longRow) {
    memory.copy(target, source, size);
    return;
  }
  for (let at: usize = 0; at < size; at += 16) storeFirst(target + at, v128.load(source + at), <i32>((size - at) >> 2));
}

function repeat(source: usize, target: usize, count: i32): void {
  const lanes = v128.load32_splat(source);
  const size = bytes(count);
  for (let at: usize = 0; at < size; at += 16) storeFirst(target + at, lanes, <i32>((size - at) >> 2));
}

function gatherRow(source: usize, target: usize, count: i32, stride: i32): void {
  const step = bytes(stride);
  for (const end = target + bytes(count); target < end; target += 4, source += step) store<f32>(target, load<f32>(source));
}

/** So many rows of y are one unit of a transposition. */
const rowsOfUnit: i32 = 8;

/**
 * Matrices whose rows lie in x as columns: y[…, row, column] = x[… + row + column·stride], the rows of y `rowStep` apart.
 * A unit is eight rows of one matrix. There are up to four outer axes, with steps t0 to t3 in y.
 */
export function transposeRows(x: usize, y: usize, rows: i32, columns: i32, stride: i32, rowStep: i32, l1: i32, l2: i32, l3: i32, s0: i32, s1: i32, s2: i32, s3: i32, t0: i32, t1: i32, t2: i32, t3: i32, from: i32, to: i32): void {
  const units = (rows + rowsOfUnit - 1) / rowsOfUnit;
  for (let unit = from; unit < to; unit++) {
    const matrix = unit / units;
    const first = (unit % units) * rowsOfUnit;
    const source = x + bytes(rowStart(matrix, l1, l2, l3, s0, s1, s2, s3) + first);
    const target = y + bytes(rowStart(matrix, l1, l2, l3, t0, t1, t2, t3) + first * rowStep);
    const count = min(rowsOfUnit, rows - first);
    const done = count & ~3;
    if (done > 0) transposeBlocks(source, target, done, columns, bytes(stride), bytes(rowStep));
    for (let row = done; row < count; row++) {
      gatherRow(source + bytes(row), target + bytes(row * rowStep), columns, stride);
    }
  }
}

/** Four or eight rows, by blocks of 4 × 4 and what is left of the columns. */
function transposeBlocks(source: usize, target: usize, rows: i32, columns: i32, step: usize, rowStep: usize): void {
  let column = 0;
  for (; column + 4 <= columns; column += 4) {
    transposeBlock(source, target, step, rowStep);
    if (rows > 4) transposeBlock(source + 16, target + 4 * rowStep, step, rowStep);
    source += 4 * step;
    target += 16;
  }
  for (; column < columns; column++) {
    let to = target;
    for (let row = 0; row < rows; row++, to += rowStep) store<f32>(to, load<f32>(source + bytes(row)));
    source += step;
    target += 4;
  }
}

// @ts-ignore: decorator
@inline
function transposeBlock(source: usize, target: usize, step: usize, rowStep: usize): void {
  const a = v128.load(source);
  const b = v128.load(source + step);
  const c = v128.load(source + 2 * step);
  const d = v128.load(source + 3 * step);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const ba = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const dc = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f64>(ab, cd, 0, 2));
  v128.store(target + rowStep, v128.shuffle<f64>(ab, cd, 1, 3));
  v128.store(target + 2 * rowStep, v128.shuffle<f64>(ba, dc, 0, 2));
  v128.store(target + 3 * rowStep, v128.shuffle<f64>(ba, dc, 1, 3));
}
