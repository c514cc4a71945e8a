import { firstOr, storeFirst } from './edges';
import { bytes } from './lanes';

/*
 * Reductions of the middle axis: x is [outer, length, inner], cut into parts of the middle axis, and y is
 * [parts, outer, inner]. A unit is up to sixteen neighbours of one [part, outer]; units count through `inner` first, then
 * `outer`, then parts.
 */

/** The numbers along the inner axis that are one unit. */
const group: i32 = 16;

/** y[c, o, i] = Σₙ x[o, n, i] over the n of part c, summed up in float64, and kept so unless there is one part only. */
export function sumOfParts(
  x: usize,
  y: usize,
  outer: i32,
  length: i32,
  inner: i32,
  part: i32,
  from: i32,
  to: i32,
): void {
  const groups = (inner + group - 1) / group;
  for (let unit = from; unit < to; unit++) {
    const start = (unit % groups) * group;
    const line = unit / groups;
    const n = (line / outer) * part;
    const block = x + bytes(((line % outer) * length + n) * inner + start);
    const count = min(part, length - n);
    const index = line * inner + start;
    const isWhole = part >= length;
    if (inner == 1) {
      put(y, index, sumOfLine(block, count), isWhole);
    } else if (inner - start >= group) {
      sumsOfSixteen(block, bytes(inner), count, y, index, isWhole);
    } else {
      for (let i = 0; i < inner - start; i += 4) {
        sumsOfFour(block + bytes(i), bytes(inner), count, y, index + i, inner - start - i, isWhole);
      }
    }
  }
}

/** z[n] = Σ_c parts[c, n], for n in [from, to), in the order of c */
export function addSums(parts: usize, z: usize, count: i32, length: i32, from: i32, to: i32): void {
  for (let n = from; n < to; n++) {
    let total: f64 = 0;
    for (let c = 0; c < count; c++) total += load<f64>(parts + ((<usize>(c * length + n)) << 3));
    store<f32>(z + bytes(n), <f32>total);
  }
}

// @ts-ignore: decorator
@inline
function firstTwo(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

// @ts-ignore: decorator
@inline
function lastTwo(x: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 1));
}

function sumOfLine(x: usize, length: i32): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let c = f64x2.splat(0);
  let d = f64x2.splat(0);
  let left = length;
  for (; left >= 8; left -= 8) {
    const first = v128.load(x);
    const second = v128.load(x, 16);
    a = f64x2.add(a, firstTwo(first));
    b = f64x2.add(b, lastTwo(first));
    c = f64x2.add(c, firstTwo(second));
    d = f64x2.add(d, lastTwo(second));
    x += 32;
  }
  const total = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  let sum = f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
  for (; left > 0; left--) {
    sum += <f64>load<f32>(x);
    x += 4;
  }
  return sum;
}

/** The sums of sixteen neighbouring columns: what one line of the cache holds is used at once. */
function sumsOfSixteen(x: usize, row: usize, length: i32, y: usize, index: i32, isWhole: bool): void {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let c = f64x2.splat(0);
  let d = f64x2.splat(0);
  let e = f64x2.splat(0);
  let f = f64x2.splat(0);
  let g = f64x2.splat(0);
  let h = f64x2.splat(0);
  for (let n = 0; n < length; n++) {
    a = f64x2.add(a, firstTwo(v128.load64_zero(x)));
    b = f64x2.add(b, firstTwo(v128.load64_zero(x, 8)));
    c = f64x2.add(c, firstTwo(v128.load64_zero(x, 16)));
    d = f64x2.add(d, firstTwo(v128.load64_zero(x, 24)));
    e = f64x2.add(e, firstTwo(v128.load64_zero(x, 32)));
    f = f64x2.add(f, firstTwo(v128.load64_zero(x, 40)));
    g = f64x2.add(g, firstTwo(v128.load64_zero(x, 48)));
    h = f64x2.add(h, firstTwo(v128.load64_zero(x, 56)));
    x += row;
  }
  putTwo(y, index, a, isWhole);
  putTwo(y, index + 2, b, isWhole);
  putTwo(y, index + 4, c, isWhole);
  putTwo(y, index + 6, d, isWhole);
  putTwo(y, index + 8, e, isWhole);
  putTwo(y, index + 10, f, isWhole);
  putTwo(y, index + 12, g, isWhole);
  putTwo(y, index + 14, h, isWhole);
}

/** The sums of four neighbouring columns, of which `valid` are there. */
function sumsOfFour(x: usize, row: usize, length: i32, y: usize, index: i32, valid: i32, isWhole: bool): void {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  for (let n = 0; n < length; n++) {
    const lanes = v128.load(x);
    a = f64x2.add(a, firstTwo(lanes));
    b = f64x2.add(b, lastTwo(lanes));
    x += row;
  }
  put(y, index, f64x2.extract_lane(a, 0), isWhole);
  if (valid > 1) put(y, index + 1, f64x2.extract_lane(a, 1), isWhole);
  if (valid > 2) put(y, index + 2, f64x2.extract_lane(b, 0), isWhole);
  if (valid > 3) put(y, index + 3, f64x2.extract_lane(b, 1), isWhole);
}

function putTwo(y: usize, index: i32, sums: v128, isWhole: bool): void {
  put(y, index, f64x2.extract_lane(sums, 0), isWhole);
  put(y, index + 1, f64x2.extract_lane(sums, 1), isWhole);
}

/** Stores a sum as float32, or one of a part as float64. */
function put(y: usize, index: i32, sum: f64, isWhole: bool): void {
  if (isWhole) store<f32>(y + bytes(index), <f32>sum);
  else store<f64>(y + 2 * bytes(index), sum);
}

/**
 * y[c, o, i] = maxₙ x[o, n, i] over the n of part c, or with `least` the minimum, which is the maximum of what has
 * changed its sign, with the sign changed back.
 */
export function extremumOfParts(
  x: usize,
  y: usize,
  outer: i32,
  length: i32,
  inner: i32,
  part: i32,
  least: i32,
  from: i32,
  to: i32,
): void {
  const groups = (inner + group - 1) / group;
  for (let unit = from; unit < to; unit++) {
    const start = (unit % groups) * group;
    const line = unit / groups;
    const n = (line / outer) * part;
    const block = x + bytes(((line % outer) * length + n) * inner + start);
    const count = min(part, length - n);
    const target = y + bytes(line * inner + start);
    if (inner == 1) {
      storeFirst(target, v128.xor(largestOfLine(block, count, least), signOf(least)), 1);
    } else if (inner - start >= group) {
      largestOfSixteen(block, bytes(inner), count, least, target);
    } else {
      for (let i = 0; i < inner - start; i += 4) {
        const largest = largestOfFour(block + bytes(i), bytes(inner), count, least);
        storeFirst(target + bytes(i), v128.xor(largest, signOf(least)), inner - start - i);
      }
    }
  }
}

/**
 * What changes the sign of four numbers, or not. Each branch asks anew: where V8 merges neighbouring vectors to lanes of 256
 * bits, the one of Node 24 ends the process over a vector that one branch has in both halves and another has alone.
 */
// @ts-ignore: decorator
@inline
function signOf(least: i32): v128 {
  return i32x4.splat(least << 31);
}

/** The largest number of a line, in the first lane. */
function largestOfLine(x: usize, length: i32, least: i32): v128 {
  const sign = signOf(least);
  const lowest = f32x4.splat(-Infinity);
  let a = lowest;
  let b = lowest;
  let c = lowest;
  let d = lowest;
  let left = length;
  for (; left >= 16; left -= 16) {
    a = f32x4.max(a, v128.xor(v128.load(x), sign));
    b = f32x4.max(b, v128.xor(v128.load(x, 16), sign));
    c = f32x4.max(c, v128.xor(v128.load(x, 32), sign));
    d = f32x4.max(d, v128.xor(v128.load(x, 48), sign));
    x += 64;
  }
  for (; left > 0; left -= 4) {
    a = f32x4.max(a, firstOr(v128.xor(v128.load(x), sign), lowest, left));
    x += 16;
  }
  a = f32x4.max(f32x4.max(a, b), f32x4.max(c, d));
  a = f32x4.max(a, i32x4.shuffle(a, a, 2, 3, 0, 1));
  return f32x4.max(a, i32x4.shuffle(a, a, 1, 0, 3, 2));
}

/** The largest numbers of four neighbouring columns. */
function largestOfFour(x: usize, row: usize, length: i32, least: i32): v128 {
  const sign = signOf(least);
  let largest = f32x4.splat(-Infinity);
  for (let n = 0; n < length; n++) {
    largest = f32x4.max(largest, v128.xor(v128.load(x), sign));
    x += row;
  }
  return largest;
}

/** The largest numbers of sixteen neighbouring columns, with their own sign. */
function largestOfSixteen(x: usize, row: usize, length: i32, least: i32, y: usize): void {
  const sign = signOf(least);
  let a = f32x4.splat(-Infinity);
  let b = a;
  let c = a;
  let d = a;
  for (let n = 0; n < length; n++) {
    a = f32x4.max(a, v128.xor(v128.load(x), sign));
    b = f32x4.max(b, v128.xor(v128.load(x, 16), sign));
    c = f32x4.max(c, v128.xor(v128.load(x, 32), sign));
    d = f32x4.max(d, v128.xor(v128.load(x, 48), sign));
    x += row;
  }
  v128.store(y, v128.xor(a, sign));
  v128.store(y, v128.xor(b, sign), 16);
  v128.store(y, v128.xor(c, sign), 32);
  v128.store(y, v128.xor(d, sign), 48);
}
