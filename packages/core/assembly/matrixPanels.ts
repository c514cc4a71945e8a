import { bytes } from './lanes';

/*
 * How the numbers of a product of matrices are laid out ("packed") for its tiles: in the very order in which the inner loop
 * reads them, so that they come from the near caches. A panel of x is up to six rows, all numbers of the first step beside
 * each other, then those of the second; a panel of y is 16 columns, or 8 where no more are left.
 */

/** How many columns a panel of y has; the last one has 8 where they are enough. */
export const panelColumns: i32 = 16;

/** `width` columns of y in panels. Columns that are not there are zeros. */
export function packColumns(y: usize, yRow: usize, yColumn: usize, depth: i32, width: i32, target: usize): void {
  for (let j = 0; j < width; j += panelColumns) {
    packPanel(y + <usize>j * yColumn, yRow, yColumn, depth, min(panelColumns, width - j), target);
    target += <usize>depth << 6;
  }
}

/** One panel of up to 16 columns. */
export function packPanel(y: usize, yRow: usize, yColumn: usize, depth: i32, columns: i32, target: usize): void {
  if (columns == 16 && yColumn == 4) copySixteen(y, yRow, depth, target);
  else if (columns == 16 && yRow == 4) turnSixteen(y, yColumn, depth, target);
  else if (columns >= 4 && yRow == 4) turnColumns(y, yColumn, depth, columns, columns <= 8 ? 8 : 16, target);
  else packLines(y, yRow, yColumn, depth, columns, columns <= 8 ? 8 : 16, target);
}

/** One panel of `height` rows of x, one to six. */
export function packRows(x: usize, xRow: usize, xColumn: usize, height: i32, depth: i32, target: usize): void {
  if (height >= 4 && xRow == 4) copyFourToSix(x, xColumn, height, depth, target);
  else if (height >= 4 && xColumn == 4) turnFourToSix(x, xRow, height, depth, target);
  else packLines(x, xColumn, xRow, depth, height, height, target);
}

function copySixteen(from: usize, row: usize, depth: i32, to: usize): void {
  do {
    const a = v128.load(from);
    const b = v128.load(from, 16);
    const c = v128.load(from, 32);
    const d = v128.load(from, 48);
    v128.store(to, b, 16);
    v128.store(to, a);
    v128.store(to, d, 48);
    v128.store(to, c, 32);
    from += row;
    to += 64;
    depth -= 1;
  } while (depth > 0);
}

/** Sixteen columns, each of which lies in one piece. */
function turnSixteen(from: usize, column: usize, depth: i32, to: usize): void {
  let p = 0;
  for (; p + 4 <= depth; p += 4) {
    turnFour(from, column, to, 64);
    turnFour(from + 4 * column, column, to + 16, 64);
    turnFour(from + 8 * column, column, to + 32, 64);
    turnFour(from + 12 * column, column, to + 48, 64);
    from += 16;
    to += 256;
  }
  if (p < depth) packLines(from, 4, column, depth - p, 16, 16, to);
}

/** From 4 to 15 columns, each of which lies in one piece, filled up to `whole`. */
function turnColumns(from: usize, column: usize, depth: i32, columns: i32, whole: i32, to: usize): void {
  const step = bytes(whole);
  const steps = depth & ~3;
  let j = 0;
  for (; j + 4 <= columns; j += 4) {
    const line = from + <usize>j * column;
    for (let p = 0; p < steps; p += 4) turnFour(line + bytes(p), column, to + bytes(p * whole + j), step);
  }
  for (; j < whole; j++) {
    const line = from + <usize>j * column;
    for (let p = 0; p < steps; p++) store<f32>(to + bytes(p * whole + j), j < columns ? load<f32>(line + bytes(p)) : 0);
  }
  if (steps < depth) packLines(from + bytes(steps), 4, column, depth - steps, columns, whole, to + bytes(steps * whole));
}

/** Four lines of four numbers each, `line` bytes apart, become four columns, `step` bytes apart. */
// @ts-ignore: decorator
@inline
export function turnFour(from: usize, line: usize, to: usize, step: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + line);
  const c = v128.load(from + 2 * line);
  const d = v128.load(from + 3 * line);
  const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(abLow, cdLow, 0, 2));
  v128.store(to + step, v128.shuffle<i64>(abLow, cdLow, 1, 3));
  v128.store(to + 2 * step, v128.shuffle<i64>(abHigh, cdHigh, 0, 2));
  v128.store(to + 3 * step, v128.shuffle<i64>(abHigh, cdHigh, 1, 3));
}

/** Rows whose numbers of a step lie beside each other. */
function copyFourToSix(from: usize, column: usize, height: i32, depth: i32, to: usize): void {
  const step = bytes(height);
  do {
    v128.store(to, v128.load(from));
    if (height == 6) store<u64>(to, load<u64>(from, 16), 16);
    else if (height == 5) store<u32>(to, load<u32>(from, 16), 16);
    from += column;
    to += step;
    depth -= 1;
  } while (depth > 0);
}

/** Rows that lie in one piece each. */
function turnFourToSix(x: usize, row: usize, height: i32, depth: i32, to: usize): void {
  const step = bytes(height);
  const fifth = x + 4 * row;
  const sixth = height == 6 ? fifth + row : fifth;
  let at: usize = 0;
  let p = 0;
  for (; p + 4 <= depth; p += 4) {
    turnFour(x + at, row, to, step);
    if (height == 6) {
      const e = v128.load(fifth + at);
      const f = v128.load(sixth + at);
      const low = v128.shuffle<f32>(e, f, 0, 4, 1, 5);
      const high = v128.shuffle<f32>(e, f, 2, 6, 3, 7);
      v128.store64_lane(to, low, 0, 16);
      v128.store64_lane(to, low, 1, 40);
      v128.store64_lane(to, high, 0, 64);
      v128.store64_lane(to, high, 1, 88);
    } else if (height == 5) {
      const e = v128.load(fifth + at);
      v128.store32_lane(to, e, 0, 16);
      v128.store32_lane(to, e, 1, 36);
      v128.store32_lane(to, e, 2, 56);
      v128.store32_lane(to, e, 3, 76);
    }
    at += 16;
    to += 4 * step;
  }
  if (p < depth) packLines(x + at, 4, row, depth - p, height, height, to);
}

/** Any lines, number by number: `lines` of them beside each other, filled up with zeros to `whole`. */
function packLines(from: usize, along: usize, across: usize, depth: i32, lines: i32, whole: i32, to: usize): void {
  for (let p = 0; p < depth; p++) {
    let at = from;
    for (let j = 0; j < lines; j++) {
      store<f32>(to + bytes(j), load<f32>(at));
      at += across;
    }
    for (let j = lines; j < whole; j++) store<f32>(to + bytes(j), 0);
    from += along;
    to += bytes(whole);
  }
}
