import { firstOr } from './edges';
import { bytes } from './lanes';
import {
  column,
  find,
  firstTwo,
  group,
  lastTwo,
  line,
  loadTwo,
  offset,
  part,
  parts,
  row,
  rows,
  sumOfTwo,
  width,
} from './normalisationLanes';

/*
 * Mean and variance in one reading of x. Σd and Σd² of a part are taken of d = x - pivot, where the pivot is the first
 * number of the part: being one of n, it is at most √n standard deviations away from their mean, so that Σd² - (Σd)²/n
 * loses no more than log₂ n of its 53 bits, and parts have a few thousand numbers. Of the mean, its distance from the
 * first number of the group is kept: that is as small as the deviations are, and precise beside them, however large the
 * mean.
 */

/** What is kept of a part: how many numbers, the distance of their mean from the group's first number, Σ (x - mean)². */
const slotBytes: usize = 24;

/** moments[column, part], with a group of many lines in one column, or in `inner` of them where it is one of a team */
export function momentsOfParts(
  x: usize,
  moments: usize,
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
      const pivot = <f64>load<f32>(x + bytes(group * inner));
      momentsOfLines(x + offset, row, rows, width, pivot, moments + <usize>unit * slotBytes);
      continue;
    }
    const end = column + width;
    for (let at = column; at < end; at += 4) {
      momentsOfColumns(x, row, line, rows, at, end, inner, moments + <usize>part * slotBytes, parts);
    }
  }
}

function momentsOfLines(x: usize, row: usize, rows: i32, width: i32, pivot: f64, target: usize): void {
  const first = load<f32>(x);
  const four = f32x4.splat(first);
  const two = f64x2.splat(<f64>first);
  let sumA = f64x2.splat(0);
  let sumB = sumA;
  let squaresA = sumA;
  let squaresB = sumA;
  for (let n = 0; n < rows; n++) {
    let at = x;
    let left = width;
    for (; left >= 4; left -= 4) {
      const a = f64x2.sub(loadTwo(at), two);
      const b = f64x2.sub(loadTwo(at, 8), two);
      sumA = f64x2.add(sumA, a);
      sumB = f64x2.add(sumB, b);
      squaresA = f64x2.add(squaresA, f64x2.mul(a, a));
      squaresB = f64x2.add(squaresB, f64x2.mul(b, b));
      at += 16;
    }
    if (left > 0) {
      // Beyond the end the pivot itself is read: less the pivot it adds nothing.
      const lanes = firstOr(v128.load(at), four, left);
      const a = f64x2.sub(firstTwo(lanes), two);
      const b = f64x2.sub(lastTwo(lanes), two);
      sumA = f64x2.add(sumA, a);
      sumB = f64x2.add(sumB, b);
      squaresA = f64x2.add(squaresA, f64x2.mul(a, a));
      squaresB = f64x2.add(squaresB, f64x2.mul(b, b));
    }
    x += row;
  }
  const sum = sumOfTwo(f64x2.add(sumA, sumB));
  putMoments(target, rows * width, <f64>first - pivot, sum, sumOfTwo(f64x2.add(squaresA, squaresB)));
}

/** The moments of four columns side by side, as far as they are before `end`. */
function momentsOfColumns(
  x: usize,
  row: usize,
  line: i32,
  rows: i32,
  column: i32,
  end: i32,
  inner: i32,
  target: usize,
  parts: i32,
): void {
  const block = x + <usize>line * row + bytes(column);
  const pivotA = loadTwo(block);
  const pivotB = loadTwo(block, 8);
  let sumA = f64x2.splat(0);
  let sumB = sumA;
  let squaresA = sumA;
  let squaresB = sumA;
  let at = block;
  for (let n = 0; n < rows; n++) {
    const a = f64x2.sub(loadTwo(at), pivotA);
    const b = f64x2.sub(loadTwo(at, 8), pivotB);
    sumA = f64x2.add(sumA, a);
    sumB = f64x2.add(sumB, b);
    squaresA = f64x2.add(squaresA, f64x2.mul(a, a));
    squaresB = f64x2.add(squaresB, f64x2.mul(b, b));
    at += row;
  }
  const stride = <usize>parts * slotBytes;
  const valid = end - column;
  let slot = target + <usize>column * stride;
  let apart = f64x2.extract_lane(pivotA, 0) - firstOfGroup(x, column, inner);
  putMoments(slot, rows, apart, f64x2.extract_lane(sumA, 0), f64x2.extract_lane(squaresA, 0));
  if (valid < 2) return;
  slot += stride;
  apart = f64x2.extract_lane(pivotA, 1) - firstOfGroup(x, column + 1, inner);
  putMoments(slot, rows, apart, f64x2.extract_lane(sumA, 1), f64x2.extract_lane(squaresA, 1));
  if (valid < 3) return;
  slot += stride;
  apart = f64x2.extract_lane(pivotB, 0) - firstOfGroup(x, column + 2, inner);
  putMoments(slot, rows, apart, f64x2.extract_lane(sumB, 0), f64x2.extract_lane(squaresB, 0));
  if (valid < 4) return;
  slot += stride;
  apart = f64x2.extract_lane(pivotB, 1) - firstOfGroup(x, column + 3, inner);
  putMoments(slot, rows, apart, f64x2.extract_lane(sumB, 1), f64x2.extract_lane(squaresB, 1));
}

// @ts-ignore: decorator
@inline
function firstOfGroup(x: usize, column: i32, inner: i32): f64 {
  return <f64>load<f32>(x + bytes(column - (column % inner)));
}

/** Keeps the moments of `count` numbers with such sums, taken from a pivot so far apart from the group's. */
function putMoments(target: usize, count: i32, apart: f64, sum: f64, squares: f64): void {
  const shift = sum / <f64>count;
  store<f64>(target, <f64>count);
  store<f64>(target, apart + shift, 8);
  store<f64>(target, max(squares - sum * shift, 0), 16);
}

/**
 * The moments [groups, 3] from those of the parts of each group, in their order: its pivot, the distance of the mean from
 * it, and its variance.
 *
 * Source: Chan, Golub and LeVeque, "Algorithms for computing the sample variance", 1983.
 */
export function joinMoments(
  x: usize,
  moments: usize,
  joined: usize,
  groups: i32,
  inner: i32,
  slots: i32,
  from: i32,
  to: i32,
): void {
  for (let group = from; group < to; group++) {
    let slot = moments + <usize>(group * slots) * slotBytes;
    let count: f64 = 0;
    let distance: f64 = 0;
    let squares: f64 = 0;
    for (let n = 0; n < slots; n++) {
      const more = load<f64>(slot);
      const step = load<f64>(slot, 8) - distance;
      const share = more / (count + more);
      distance += step * share;
      squares += load<f64>(slot, 16) + step * step * share * count;
      count += more;
      slot += slotBytes;
    }
    const pivot: f64 = slots > 0 ? <f64>load<f32>(x + bytes(group * inner)) : 0;
    const spread = squares / count;
    const target = joined + <usize>group * slotBytes;
    // As deviations from an infinite number are none, the mean of such numbers is NaN too.
    store<f64>(target, spread == spread ? pivot : NaN);
    store<f64>(target, distance, 8);
    store<f64>(target, spread, 16);
  }
}
