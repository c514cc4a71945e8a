import { storeFirst } from './edges';
import { column, find, joined, loadTwo, offset, row, rows, threeOf, width } from './normalisationLanes';

/* y = (x - mean) / √(variance + epsilon), with statistics that are there already. */

/** y = (x - pivot - distance)·factor */
export function standardiseParts(
  x: usize,
  y: usize,
  statistics: usize,
  outer: i32,
  groups: i32,
  inner: i32,
  lines: i32,
  length: i32,
  team: i32,
  from: i32,
  to: i32,
): void {
  for (let unit = from; unit < to; unit++) {
    find(unit, outer, groups, inner, lines, length, team);
    const three = threeOf(statistics, column);
    if (team == 1) standardiseLines(x + offset, y + offset, row, rows, width, three);
    else standardiseColumns(x + offset, y + offset, row, rows, width, three);
  }
}

function standardiseLines(
  x: usize,
  y: usize,
  row: usize,
  rows: i32,
  width: i32,
  statistics: usize,
): void {
  const pivot = v128.load64_splat(statistics);
  const distance = v128.load64_splat(statistics, 32);
  const factor = v128.load64_splat(statistics, 64);
  for (let n = 0; n < rows; n++) {
    let at = x;
    let target = y;
    let left = width;
    for (; left >= 4; left -= 4) {
      const a = f64x2.sub(f64x2.sub(loadTwo(at), pivot), distance);
      const b = f64x2.sub(f64x2.sub(loadTwo(at, 8), pivot), distance);
      v128.store(target, joined(f64x2.mul(a, factor), f64x2.mul(b, factor)));
      at += 16;
      target += 16;
    }
    if (left > 0) {
      const a = f64x2.sub(f64x2.sub(loadTwo(at), pivot), distance);
      const b = f64x2.sub(f64x2.sub(loadTwo(at, 8), pivot), distance);
      storeFirst(target, joined(f64x2.mul(a, factor), f64x2.mul(b, factor)), left);
    }
    x += row;
    y += row;
  }
}

/** Row by row: to read the statistics of each column again is cheaper than to step down columns that lie far apart. */
function standardiseColumns(
  x: usize,
  y: usize,
  row: usize,
  rows: i32,
  width: i32,
  statistics: usize,
): void {
  for (let n = 0; n < rows; n++) {
    let at = x;
    let target = y;
    let column = statistics;
    for (let left = width; left > 0; left -= 4) {
      const a = standardised(at, column);
      const b = standardised(at + 8, column + 16);
      storeFirst(target, joined(a, b), left);
      at += 16;
      target += 16;
      column += 96;
    }
    x += row;
    y += row;
  }
}

/** Two columns of a row. */
// @ts-ignore: decorator
@inline
function standardised(x: usize, statistics: usize): v128 {
  const apart = f64x2.sub(loadTwo(x), v128.load(statistics));
  return f64x2.mul(f64x2.sub(apart, v128.load(statistics, 32)), v128.load(statistics, 64));
}
