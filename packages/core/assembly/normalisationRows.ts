import { storeFirst } from './edges';
import { bytes, madd, sumOfLanes, zeros } from './lanes';

/*
 * Normalisation of rows by themselves, with a scale and a shift for each column. A table has a row of constants for each
 * row: what its mean is in float32 (the centre), the factor 1 / deviation, and what the rest of the mean, times the factor, is
 * below 0; so n = (x - centre)·factor + rest. The twin works them out in float64.
 */

/** The bytes of a row of the table. */
const rowBytes: usize = 16;

/** How many numbers of a row are summed up in float32 before the sum goes on in float64. */
const segment: i32 = 1024;

/** The normalised numbers of four lanes. */
// @ts-ignore: decorator
@inline
function normalised(x: v128, centre: v128, factor: v128, rest: v128): v128 {
  return madd(f32x4.sub(x, centre), factor, rest);
}

/** Four numbers of g, where there is no gate or the gate is above 0. */
// @ts-ignore: decorator
@inline
function gated(g: usize, gate: usize): v128 {
  const numbers = v128.load(g);
  return gate == 0 ? numbers : v128.and(numbers, f32x4.gt(v128.load(gate), zeros()));
}

/** y = n·weight + bias, with a residual sum and relu where asked; units are rows. */
export function normaliseRows(
  x: usize,
  residual: usize,
  y: usize,
  table: usize,
  weight: usize,
  bias: usize,
  columns: i32,
  withRelu: i32,
  from: i32,
  to: i32,
): void {
  for (let row = from; row < to; row++) {
    const at = bytes(row * columns);
    const constants = table + <usize>row * rowBytes;
    normaliseRow(x + at, residual == 0 ? 0 : residual + at, y + at, constants, weight, bias, columns, withRelu);
  }
}

function normaliseRow(
  x: usize,
  residual: usize,
  y: usize,
  constants: usize,
  weight: usize,
  bias: usize,
  columns: i32,
  withRelu: i32,
): void {
  const centre = v128.load32_splat(constants);
  const factor = v128.load32_splat(constants, 4);
  const rest = v128.load32_splat(constants, 8);
  const none = zeros();
  for (let left = columns; left > 0; left -= 4) {
    let a = madd(normalised(v128.load(x), centre, factor, rest), v128.load(weight), v128.load(bias));
    if (residual != 0) {
      a = f32x4.add(a, v128.load(residual));
      residual += 16;
    }
    if (withRelu) a = v128.andnot(a, f32x4.le(a, none));
    storeFirst(y, a, left);
    x += 16;
    y += 16;
    weight += 16;
    bias += 16;
  }
}

/**
 * Σg and Σ g·n of each column over `partRows` rows, of g where the gate is above 0 if there is one. Units are such parts: of
 * each, sums has `width` sums of g, then as many of g·n; width is the number of columns, rounded up to whole vectors.
 */
export function sumNormalisedColumns(
  g: usize,
  gate: usize,
  x: usize,
  table: usize,
  sums: usize,
  rows: i32,
  columns: i32,
  partRows: i32,
  width: i32,
  from: i32,
  to: i32,
): void {
  for (let unit = from; unit < to; unit++) {
    const own = sums + bytes(2 * unit * width);
    memory.fill(own, 0, bytes(2 * width));
    const last = min(rows, (unit + 1) * partRows);
    for (let row = unit * partRows; row < last; row++) {
      const at = bytes(row * columns);
      sumRow(g + at, gate == 0 ? 0 : gate + at, x + at, table + <usize>row * rowBytes, own, width);
    }
  }
}

/** Lanes behind the end of a row sum up what lies there, in slots that nobody reads. */
function sumRow(g: usize, gate: usize, x: usize, constants: usize, sums: usize, width: i32): void {
  const centre = v128.load32_splat(constants);
  const factor = v128.load32_splat(constants, 4);
  const rest = v128.load32_splat(constants, 8);
  let products = sums + bytes(width);
  for (let left = width; left > 0; left -= 4) {
    const a = gated(g, gate);
    const n = normalised(v128.load(x), centre, factor, rest);
    v128.store(sums, f32x4.add(v128.load(sums), a));
    v128.store(products, madd(n, a, v128.load(products)));
    g += 16;
    x += 16;
    sums += 16;
    products += 16;
    if (gate != 0) gate += 16;
  }
}

/** ∂x = (g·weight - mean(g·weight) - n·mean(g·weight·n))·factor; units are rows. */
export function normaliseRowsGradient(
  g: usize,
  gate: usize,
  x: usize,
  xGradient: usize,
  table: usize,
  weight: usize,
  columns: i32,
  from: i32,
  to: i32,
): void {
  for (let row = from; row < to; row++) {
    const at = bytes(row * columns);
    const constants = table + <usize>row * rowBytes;
    gradientOfRow(g + at, gate == 0 ? 0 : gate + at, x + at, xGradient + at, constants, weight, columns);
  }
}

/** Each row is read twice, the second time from the cache. */
function gradientOfRow(
  g: usize,
  gate: usize,
  x: usize,
  xGradient: usize,
  constants: usize,
  weight: usize,
  columns: i32,
): void {
  let sum: f64 = 0;
  let products: f64 = 0;
  for (let start = 0; start < columns; start += segment) {
    const at = bytes(start);
    sumScaled(g + at, gate == 0 ? 0 : gate + at, x + at, constants, weight + at, min(segment, columns - start));
    sum += <f64>scaledSum;
    products += <f64>scaledProducts;
  }
  const scale = load<f32>(constants, 4);
  const constant = f32x4.splat(<f32>((-sum / columns) * scale));
  const slope = f32x4.splat(<f32>((-products / columns) * scale));
  const centre = v128.load32_splat(constants);
  const factor = v128.load32_splat(constants, 4);
  const rest = v128.load32_splat(constants, 8);
  for (let left = columns; left > 0; left -= 4) {
    const n = normalised(v128.load(x), centre, factor, rest);
    const scaled = f32x4.mul(gated(g, gate), v128.load(weight));
    storeFirst(xGradient, madd(n, slope, madd(scaled, factor, constant)), left);
    g += 16;
    x += 16;
    weight += 16;
    xGradient += 16;
    if (gate != 0) gate += 16;
  }
}

/** The two sums of a segment, as `sumScaled` leaves them: each thread has an instance of its own. */
let scaledSum: f32 = 0;
let scaledProducts: f32 = 0;

/** Σ g·weight and Σ g·weight·n of a segment of a row. */
function sumScaled(
  g: usize,
  gate: usize,
  x: usize,
  constants: usize,
  weight: usize,
  count: i32,
): void {
  const centre = v128.load32_splat(constants);
  const factor = v128.load32_splat(constants, 4);
  const rest = v128.load32_splat(constants, 8);
  let sum = zeros();
  let products = zeros();
  for (let left = count; left > 0; left -= 4) {
    let scaled = f32x4.mul(gated(g, gate), v128.load(weight));
    let n = normalised(v128.load(x), centre, factor, rest);
    if (left < 4) {
      const isWithin = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(left));
      scaled = v128.and(scaled, isWithin);
      n = v128.and(n, isWithin);
    }
    sum = f32x4.add(sum, scaled);
    products = madd(n, scaled, products);
    g += 16;
    x += 16;
    weight += 16;
    if (gate != 0) gate += 16;
  }
  scaledSum = sumOfLanes(sum);
  scaledProducts = sumOfLanes(products);
}
