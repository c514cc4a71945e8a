import { firstOr, storeFirst } from './edges';
import { bytes, madd, sumOfLanes, zeros } from './lanes';

/*
 * Normalisation with scale and shift, and what stands behind it, line by line. A line is `plane` numbers of one channel of
 * one example; lines lie one after the other, and a table has a row of constants for each of `period` lines, after which
 * it begins again. The twin works the rows out in float64.
 */

/** The bytes of a row of the table. */
const rowBytes: usize = 32;

/** How many numbers are summed up in float32 before the sum goes on in float64. */
const segment: i32 = 1024;

// @ts-ignore: decorator
@inline
function rowOf(table: usize, line: i32, period: i32): usize {
  return table + <usize>(line % period) * rowBytes;
}

/** y = (x - centre)·factor·weight + shift, with a residual sum and relu where asked; units are lines. */
export function normaliseLines(
  x: usize,
  residual: usize,
  y: usize,
  table: usize,
  period: i32,
  plane: i32,
  withRelu: i32,
  from: i32,
  to: i32,
): void {
  for (let line = from; line < to; line++) {
    const at = bytes(line * plane);
    const row = rowOf(table, line, period);
    if (residual == 0) {
      if (withRelu) normaliseLine(false, true, x + at, 0, y + at, row, plane);
      else normaliseLine(false, false, x + at, 0, y + at, row, plane);
    } else if (withRelu) normaliseLine(true, true, x + at, residual + at, y + at, row, plane);
    else normaliseLine(true, false, x + at, residual + at, y + at, row, plane);
  }
}

// @ts-ignore: decorator
@inline
function normaliseLine(
  hasResidual: bool,
  withRelu: bool,
  x: usize,
  residual: usize,
  y: usize,
  row: usize,
  plane: i32,
): void {
  const centre = v128.load32_splat(row);
  const factor = v128.load32_splat(row, 4);
  const weight = v128.load32_splat(row, 8);
  const shift = v128.load32_splat(row, 12);
  const none = zeros();
  let left = plane;
  for (; left >= 8; left -= 8) {
    let a = v128.load(x);
    let b = v128.load(x, 16);
    a = madd(f32x4.mul(f32x4.sub(a, centre), factor), weight, shift);
    b = madd(f32x4.mul(f32x4.sub(b, centre), factor), weight, shift);
    if (hasResidual) {
      const otherA = v128.load(residual);
      const otherB = v128.load(residual, 16);
      a = f32x4.add(a, otherA);
      b = f32x4.add(b, otherB);
      residual += 32;
    }
    if (withRelu) {
      a = v128.andnot(a, f32x4.le(a, none));
      b = v128.andnot(b, f32x4.le(b, none));
    }
    // The upper half first: so V8 merges the two.
    v128.store(y, b, 16);
    v128.store(y, a);
    x += 32;
    y += 32;
  }
  for (; left > 0; left -= 4) {
    let a = madd(f32x4.mul(f32x4.sub(v128.load(x), centre), factor), weight, shift);
    if (hasResidual) {
      a = f32x4.add(a, v128.load(residual));
      residual += 16;
    }
    if (withRelu) a = v128.andnot(a, f32x4.le(a, none));
    storeFirst(y, a, left);
    x += 16;
    y += 16;
  }
}

/** sums[line] = [Σg, Σ g·(x - centre)·factor] in float64, of g where the gate is above 0 if there is one; units are lines. */
export function sumNormalisedLines(
  g: usize,
  gate: usize,
  x: usize,
  table: usize,
  sums: usize,
  period: i32,
  plane: i32,
  from: i32,
  to: i32,
): void {
  for (let line = from; line < to; line++) {
    const row = rowOf(table, line, period);
    let sum: f64 = 0;
    let products: f64 = 0;
    for (let start = 0; start < plane; start += segment) {
      const at = bytes(line * plane + start);
      const count = min(segment, plane - start);
      if (gate == 0) sumSegment(false, g + at, 0, x + at, row, count);
      else sumSegment(true, g + at, gate + at, x + at, row, count);
      sum += <f64>segmentSum;
      products += <f64>segmentProducts;
    }
    const slot = sums + ((<usize>line) << 4);
    store<f64>(slot, sum);
    store<f64>(slot, products, 8);
  }
}

/** The two sums of a segment, as `sumSegment` leaves them: each thread has an instance of its own. */
let segmentSum: f32 = 0;
let segmentProducts: f32 = 0;

// @ts-ignore: decorator
@inline
function sumSegment(hasGate: bool, g: usize, gate: usize, x: usize, row: usize, count: i32): void {
  const centre = v128.load32_splat(row);
  const factor = v128.load32_splat(row, 4);
  const none = zeros();
  let sumA = none;
  let sumB = none;
  let productsA = none;
  let productsB = none;
  let left = count;
  for (; left >= 8; left -= 8) {
    let a = v128.load(g);
    let b = v128.load(g, 16);
    const deviationA = v128.load(x);
    const deviationB = v128.load(x, 16);
    if (hasGate) {
      const openA = v128.load(gate);
      const openB = v128.load(gate, 16);
      a = v128.and(a, f32x4.gt(openA, none));
      b = v128.and(b, f32x4.gt(openB, none));
      gate += 32;
    }
    sumA = f32x4.add(sumA, a);
    sumB = f32x4.add(sumB, b);
    productsA = madd(f32x4.mul(f32x4.sub(deviationA, centre), factor), a, productsA);
    productsB = madd(f32x4.mul(f32x4.sub(deviationB, centre), factor), b, productsB);
    g += 32;
    x += 32;
  }
  for (; left > 0; left -= 4) {
    let a = firstOr(v128.load(g), none, left);
    // The centre itself, where the line has ended, adds nothing.
    const deviation = f32x4.sub(firstOr(v128.load(x), centre, left), centre);
    if (hasGate) {
      a = v128.and(a, f32x4.gt(v128.load(gate), none));
      gate += 16;
    }
    sumA = f32x4.add(sumA, a);
    productsA = madd(f32x4.mul(deviation, factor), a, productsA);
    g += 16;
    x += 16;
  }
  segmentSum = sumOfLanes(f32x4.add(sumA, sumB));
  segmentProducts = sumOfLanes(f32x4.add(productsA, productsB));
}

/** ∂x = (x - centre)·factor·slope + (g·scale + constant), of g where the gate is above 0 if there is one; units are lines. */
export function normaliseLinesGradient(
  g: usize,
  gate: usize,
  x: usize,
  xGradient: usize,
  table: usize,
  period: i32,
  plane: i32,
  from: i32,
  to: i32,
): void {
  for (let line = from; line < to; line++) {
    const at = bytes(line * plane);
    const row = rowOf(table, line, period);
    if (gate == 0) gradientOfLine(false, g + at, 0, x + at, xGradient + at, row, plane);
    else gradientOfLine(true, g + at, gate + at, x + at, xGradient + at, row, plane);
  }
}

// @ts-ignore: decorator
@inline
function gradientOfLine(
  hasGate: bool,
  g: usize,
  gate: usize,
  x: usize,
  xGradient: usize,
  row: usize,
  plane: i32,
): void {
  const centre = v128.load32_splat(row);
  const factor = v128.load32_splat(row, 4);
  const slope = v128.load32_splat(row, 8);
  const scale = v128.load32_splat(row, 12);
  const constant = v128.load32_splat(row, 16);
  const none = zeros();
  let left = plane;
  for (; left >= 8; left -= 8) {
    let a = v128.load(g);
    let b = v128.load(g, 16);
    const deviationA = v128.load(x);
    const deviationB = v128.load(x, 16);
    if (hasGate) {
      const openA = v128.load(gate);
      const openB = v128.load(gate, 16);
      a = v128.and(a, f32x4.gt(openA, none));
      b = v128.and(b, f32x4.gt(openB, none));
      gate += 32;
    }
    a = madd(f32x4.mul(f32x4.sub(deviationA, centre), factor), slope, madd(a, scale, constant));
    b = madd(f32x4.mul(f32x4.sub(deviationB, centre), factor), slope, madd(b, scale, constant));
    v128.store(xGradient, b, 16);
    v128.store(xGradient, a);
    g += 32;
    x += 32;
    xGradient += 32;
  }
  for (; left > 0; left -= 4) {
    let a = v128.load(g);
    if (hasGate) {
      a = v128.and(a, f32x4.gt(v128.load(gate), none));
      gate += 16;
    }
    a = madd(f32x4.mul(f32x4.sub(v128.load(x), centre), factor), slope, madd(a, scale, constant));
    storeFirst(xGradient, a, left);
    g += 16;
    x += 16;
    xGradient += 16;
  }
}
