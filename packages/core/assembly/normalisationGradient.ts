import { firstOr, storeFirst } from './edges';
import { bytes, zeros } from './lanes';
import {
  column,
  find,
  firstTwo,
  joined,
  lastTwo,
  loadTwo,
  offset,
  part,
  parts,
  partsOf,
  row,
  rows,
  sumOfTwo,
  threeOf,
  width,
} from './normalisationLanes';

/* ∂x of a standardisation: (g - mean(g) - y·mean(g·y)) / deviation[group], cut as the standardisation is. */

/** What is kept of a part: Σg and Σg·y. */
const slotBytes: usize = 16;

/** All of it, group by group; a unit is a team. */
export function standardiseGradient(
  g: usize,
  y: usize,
  deviation: usize,
  xGradient: usize,
  sums: usize,
  means: usize,
  outer: i32,
  groups: i32,
  inner: i32,
  lines: i32,
  length: i32,
  team: i32,
  from: i32,
  to: i32,
): void {
  const parts = partsOf(outer, inner, lines, length);
  const count = outer * inner;
  for (let unit = from; unit < to; unit++) {
    const first = unit * parts;
    const last = first + parts;
    productsOfParts(g, y, sums, outer, groups, inner, lines, length, team, first, last);
    const end = min(groups, (unit + 1) * team);
    joinProducts(sums, deviation, means, groups, inner, parts, team, count, unit * team, end);
    gradientOfParts(g, y, means, xGradient, outer, groups, inner, lines, length, team, first, last);
  }
}

/** sums[column, part] = [Σg, Σg·y] */
export function productsOfParts(
  g: usize,
  y: usize,
  sums: usize,
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
    if (team == 1) {
      productsOfLines(g + offset, y + offset, row, rows, width, sums + <usize>unit * slotBytes);
      continue;
    }
    for (let across = 0; across < width; across += 4) {
      const at = offset + bytes(across);
      const slot = sums + <usize>((column + across) * parts + part) * slotBytes;
      productsOfColumns(g + at, y + at, row, rows, width - across, slot, <usize>parts * slotBytes);
    }
  }
}

function productsOfLines(g: usize, y: usize, row: usize, rows: i32, width: i32, target: usize): void {
  let sumA = f64x2.splat(0);
  let sumB = sumA;
  let productsA = sumA;
  let productsB = sumA;
  for (let n = 0; n < rows; n++) {
    let at = g;
    let other = y;
    let left = width;
    for (; left >= 4; left -= 4) {
      const a = loadTwo(at);
      const b = loadTwo(at, 8);
      sumA = f64x2.add(sumA, a);
      sumB = f64x2.add(sumB, b);
      productsA = f64x2.add(productsA, f64x2.mul(a, loadTwo(other)));
      productsB = f64x2.add(productsB, f64x2.mul(b, loadTwo(other, 8)));
      at += 16;
      other += 16;
    }
    if (left > 0) {
      const four = firstOr(v128.load(at), zeros(), left);
      const factors = firstOr(v128.load(other), zeros(), left);
      const a = firstTwo(four);
      const b = lastTwo(four);
      sumA = f64x2.add(sumA, a);
      sumB = f64x2.add(sumB, b);
      productsA = f64x2.add(productsA, f64x2.mul(a, firstTwo(factors)));
      productsB = f64x2.add(productsB, f64x2.mul(b, lastTwo(factors)));
    }
    g += row;
    y += row;
  }
  store<f64>(target, sumOfTwo(f64x2.add(sumA, sumB)));
  store<f64>(target, sumOfTwo(f64x2.add(productsA, productsB)), 8);
}

function productsOfColumns(g: usize, y: usize, row: usize, rows: i32, valid: i32, target: usize, stride: usize): void {
  let sumA = f64x2.splat(0);
  let sumB = sumA;
  let productsA = sumA;
  let productsB = sumA;
  for (let n = 0; n < rows; n++) {
    const a = loadTwo(g);
    const b = loadTwo(g, 8);
    sumA = f64x2.add(sumA, a);
    sumB = f64x2.add(sumB, b);
    productsA = f64x2.add(productsA, f64x2.mul(a, loadTwo(y)));
    productsB = f64x2.add(productsB, f64x2.mul(b, loadTwo(y, 8)));
    g += row;
    y += row;
  }
  v128.store(target, i64x2.shuffle(sumA, productsA, 0, 2));
  if (valid > 1) v128.store(target + stride, i64x2.shuffle(sumA, productsA, 1, 3));
  if (valid > 2) v128.store(target + 2 * stride, i64x2.shuffle(sumB, productsB, 0, 2));
  if (valid > 3) v128.store(target + 3 * stride, i64x2.shuffle(sumB, productsB, 1, 3));
}

/** The three means of each column: mean(g) of its group, mean(g·y), 1 / deviation */
export function joinProducts(
  sums: usize,
  deviation: usize,
  means: usize,
  groups: i32,
  inner: i32,
  parts: i32,
  team: i32,
  count: i32,
  from: i32,
  to: i32,
): void {
  const columns = team == 1 ? 1 : inner;
  const slots = columns * parts;
  for (let group = from; group < to; group++) {
    let both = f64x2.splat(0);
    const first = sums + <usize>(group * slots) * slotBytes;
    for (let n = 0; n < slots; n++) both = f64x2.add(both, v128.load(first + <usize>n * slotBytes));
    const mean = f64x2.extract_lane(both, 0) / <f64>count;
    const product = f64x2.extract_lane(both, 1) / <f64>count;
    const factor = 1 / <f64>load<f32>(deviation + bytes(group));
    for (let n = 0; n < columns; n++) {
      const target = threeOf(means, group * columns + n);
      store<f64>(target, mean);
      store<f64>(target, product, 32);
      store<f64>(target, factor, 64);
    }
  }
}

/** ∂x = (g - mean(g) - y·mean(g·y))·factor */
export function gradientOfParts(
  g: usize,
  y: usize,
  means: usize,
  xGradient: usize,
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
    const three = threeOf(means, column);
    const target = xGradient + offset;
    if (team == 1) gradientOfLines(g + offset, y + offset, target, row, rows, width, three);
    else gradientOfColumns(g + offset, y + offset, target, row, rows, width, three);
  }
}

function gradientOfLines(
  g: usize,
  y: usize,
  x: usize,
  row: usize,
  rows: i32,
  width: i32,
  means: usize,
): void {
  const mean = v128.load64_splat(means);
  const product = v128.load64_splat(means, 32);
  const factor = v128.load64_splat(means, 64);
  for (let n = 0; n < rows; n++) {
    let at: usize = 0;
    let left = width;
    for (; left >= 4; left -= 4) {
      const a = centred(loadTwo(g + at), loadTwo(y + at), mean, product);
      const b = centred(loadTwo(g + at, 8), loadTwo(y + at, 8), mean, product);
      v128.store(x + at, joined(f64x2.mul(a, factor), f64x2.mul(b, factor)));
      at += 16;
    }
    if (left > 0) {
      const a = centred(loadTwo(g + at), loadTwo(y + at), mean, product);
      const b = centred(loadTwo(g + at, 8), loadTwo(y + at, 8), mean, product);
      storeFirst(x + at, joined(f64x2.mul(a, factor), f64x2.mul(b, factor)), left);
    }
    g += row;
    y += row;
    x += row;
  }
}

function gradientOfColumns(
  g: usize,
  y: usize,
  x: usize,
  row: usize,
  rows: i32,
  width: i32,
  means: usize,
): void {
  for (let n = 0; n < rows; n++) {
    let at: usize = 0;
    let column = means;
    for (let left = width; left > 0; left -= 4) {
      const a = gradientOfTwo(g + at, y + at, column);
      const b = gradientOfTwo(g + at + 8, y + at + 8, column + 16);
      storeFirst(x + at, joined(a, b), left);
      at += 16;
      column += 96;
    }
    g += row;
    y += row;
    x += row;
  }
}

/** Two columns of a row. */
// @ts-ignore: decorator
@inline
function gradientOfTwo(g: usize, y: usize, means: usize): v128 {
  const rest = centred(loadTwo(g), loadTwo(y), v128.load(means), v128.load(means, 32));
  return f64x2.mul(rest, v128.load(means, 64));
}

/** g - mean(g) - y·mean(g·y) */
// @ts-ignore: decorator
@inline
function centred(g: v128, y: v128, mean: v128, product: v128): v128 {
  return f64x2.sub(f64x2.sub(g, mean), f64x2.mul(y, product));
}
