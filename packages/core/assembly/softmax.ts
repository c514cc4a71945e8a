import { firstOr, storeFirst } from './edges';
import { highHalf, joined, lowHalf } from './halves';
import { bytes, zeros } from './lanes';
import { logarithm } from './logarithm';
import { exp4 } from './mathematics';

/*
 * The softmax family over the middle axis of x, which is [outer, classes, inner]. Where `inner` is 1 a row lies in one
 * piece, and four of its numbers are worked on at a time; else four columns, neighbours along `inner`, are.
 *
 * Exponentials are float32. Their sum, and its logarithm, are float64: near 1 its logarithm is what little it is more.
 */

/** A unit is one row, or up to four columns. */
const lanes: i32 = 4;

/** Which of the family is asked for. */
const asSoftmax: i32 = 0;
const asLogSoftmax: i32 = 1;
const asLogSumExp: i32 = 2;

/** y[o, c, i] = e^x[o, c, i] / Σₖ e^x[o, k, i] */
export function softmax(x: usize, y: usize, classes: i32, inner: i32, from: i32, to: i32): void {
  normalise(x, y, classes, inner, asSoftmax, from, to);
}

/** y[o, c, i] = x[o, c, i] - ln Σₖ e^x[o, k, i] */
export function logSoftmax(x: usize, y: usize, classes: i32, inner: i32, from: i32, to: i32): void {
  normalise(x, y, classes, inner, asLogSoftmax, from, to);
}

/** y[o, i] = ln Σₖ e^x[o, k, i] */
export function logSumExp(x: usize, y: usize, classes: i32, inner: i32, from: i32, to: i32): void {
  normalise(x, y, classes, inner, asLogSumExp, from, to);
}

function normalise(x: usize, y: usize, classes: i32, inner: i32, wanted: i32, from: i32, to: i32): void {
  if (inner == 1) {
    for (let row = from; row < to; row++) {
      const start = bytes(row * classes);
      if (wanted == asLogSumExp) logSumExpOfRow(x + start, y + bytes(row), classes);
      else if (wanted == asSoftmax) softmaxOfRow(x + start, y + start, classes);
      else logSoftmaxOfRow(x + start, y + start, classes);
    }
    return;
  }
  const groups = (inner + lanes - 1) / lanes;
  for (let unit = from; unit < to; unit++) {
    const o = unit / groups;
    const i = (unit % groups) * lanes;
    const start = bytes(o * classes * inner + i);
    const valid = inner - i;
    const row = bytes(inner);
    if (wanted == asLogSumExp) logSumExpOfColumns(x + start, y + bytes(o * inner + i), classes, row, valid);
    else if (wanted == asSoftmax) softmaxOfColumns(x + start, y + start, classes, row, valid);
    else logSoftmaxOfColumns(x + start, y + start, classes, row, valid);
  }
}

/** loss[o, i] = Σ_c target[o, c, i]·(ln Σₖ e^x[o, k, i] - x[o, c, i]), where a target of 0 costs nothing */
export function softmaxCrossEntropy(
  x: usize,
  target: usize,
  loss: usize,
  classes: i32,
  inner: i32,
  from: i32,
  to: i32,
): void {
  if (inner == 1) {
    for (let row = from; row < to; row++) {
      const start = bytes(row * classes);
      lossOfRow(x + start, target + start, loss + bytes(row), classes);
    }
    return;
  }
  const groups = (inner + lanes - 1) / lanes;
  for (let unit = from; unit < to; unit++) {
    const o = unit / groups;
    const i = (unit % groups) * lanes;
    const start = bytes(o * classes * inner + i);
    lossOfColumns(x + start, target + start, loss + bytes(o * inner + i), classes, bytes(inner), inner - i);
  }
}

/* Rows */

function softmaxOfRow(x: usize, y: usize, classes: i32): void {
  const largest = largestOfRow(x, classes);
  const total = f32x4.splat(<f32>sumOfRow(x, y, classes, largest));
  for (let left = classes; left > 0; left -= 4) {
    storeFirst(y, f32x4.div(v128.load(y), total), left);
    y += 16;
  }
}

function logSoftmaxOfRow(x: usize, y: usize, classes: i32): void {
  const largest = largestOfRow(x, classes);
  const logTotal = f32x4.splat(<f32>logarithm(sumOfRow(x, 0, classes, largest)));
  for (let left = classes; left > 0; left -= 4) {
    storeFirst(y, f32x4.sub(f32x4.sub(v128.load(x), largest), logTotal), left);
    x += 16;
    y += 16;
  }
}

function logSumExpOfRow(x: usize, y: usize, classes: i32): void {
  const largest = largestOfRow(x, classes);
  const m = f32x4.extract_lane(largest, 0);
  // With an infinite maximum x - m would be NaN, and the maximum is the answer.
  if (abs(m) == Infinity) store<f32>(y, m);
  else store<f32>(y, <f32>(<f64>m + logarithm(sumOfRow(x, 0, classes, largest))));
}

function lossOfRow(x: usize, target: usize, loss: usize, classes: i32): void {
  const largest = largestOfRow(x, classes);
  const logTotal = f64x2.splat(logarithm(sumOfRow(x, 0, classes, largest)));
  const m = lowHalf(largest);
  let total = f64x2.splat(0);
  for (let left = classes; left > 0; left -= 4) {
    const logits = v128.load(x);
    const shares = firstOr(v128.load(target), zeros(), left);
    total = f64x2.add(total, cost(lowHalf(logits), lowHalf(shares), m, logTotal));
    total = f64x2.add(total, cost(highHalf(logits), highHalf(shares), m, logTotal));
    x += 16;
    target += 16;
  }
  store<f32>(loss, <f32>(f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1)));
}

/** The largest number of a row, in all lanes. */
function largestOfRow(x: usize, classes: i32): v128 {
  const least = f32x4.splat(-Infinity);
  let largest = least;
  let other = least;
  let left = classes;
  for (; left >= 8; left -= 8) {
    largest = f32x4.max(largest, v128.load(x));
    other = f32x4.max(other, v128.load(x, 16));
    x += 32;
  }
  for (; left > 0; left -= 4) {
    largest = f32x4.max(largest, firstOr(v128.load(x), least, left));
    x += 16;
  }
  largest = f32x4.max(largest, other);
  largest = f32x4.max(largest, i32x4.shuffle(largest, largest, 2, 3, 0, 1));
  return f32x4.max(largest, i32x4.shuffle(largest, largest, 1, 0, 3, 2));
}

/** Σ e^(x - largest); the exponentials are kept at y, unless that is 0. */
function sumOfRow(x: usize, y: usize, classes: i32, largest: v128): f64 {
  let total = f64x2.splat(0);
  for (let left = classes; left > 0; left -= 4) {
    let share = exp4(f32x4.sub(v128.load(x), largest));
    if (y != 0) {
      storeFirst(y, share, left);
      y += 16;
    }
    if (left < 4) share = firstOr(share, zeros(), left);
    total = f64x2.add(total, sumOfHalves(share));
    x += 16;
  }
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}

/* Columns */

function softmaxOfColumns(x: usize, y: usize, classes: i32, row: usize, valid: i32): void {
  const largest = largestOfColumns(x, classes, row);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  let target = y;
  for (let c = 0; c < classes; c++) {
    const share = exp4(f32x4.sub(v128.load(x), largest));
    storeFirst(target, share, valid);
    low = f64x2.add(low, lowHalf(share));
    high = f64x2.add(high, highHalf(share));
    x += row;
    target += row;
  }
  const total = joined(low, high);
  for (let c = 0; c < classes; c++) {
    storeFirst(y, f32x4.div(v128.load(y), total), valid);
    y += row;
  }
}

function logSoftmaxOfColumns(x: usize, y: usize, classes: i32, row: usize, valid: i32): void {
  const largest = largestOfColumns(x, classes, row);
  const logTotal = logOfSums(x, classes, row, largest);
  for (let c = 0; c < classes; c++) {
    storeFirst(y, f32x4.sub(f32x4.sub(v128.load(x), largest), logTotal), valid);
    x += row;
    y += row;
  }
}

function logSumExpOfColumns(x: usize, y: usize, classes: i32, row: usize, valid: i32): void {
  const largest = largestOfColumns(x, classes, row);
  const isInfinite = f32x4.eq(f32x4.abs(largest), f32x4.splat(Infinity));
  const finite = f32x4.add(largest, logOfSums(x, classes, row, largest));
  storeFirst(y, v128.bitselect(largest, finite, isInfinite), valid);
}

function lossOfColumns(x: usize, target: usize, loss: usize, classes: i32, row: usize, valid: i32): void {
  const largest = largestOfColumns(x, classes, row);
  const logTotal = logOfSums(x, classes, row, largest);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let c = 0; c < classes; c++) {
    const logits = v128.load(x);
    const shares = v128.load(target);
    low = f64x2.add(low, cost(lowHalf(logits), lowHalf(shares), lowHalf(largest), lowHalf(logTotal)));
    high = f64x2.add(high, cost(highHalf(logits), highHalf(shares), highHalf(largest), highHalf(logTotal)));
    x += row;
    target += row;
  }
  storeFirst(loss, joined(low, high), valid);
}

function largestOfColumns(x: usize, classes: i32, row: usize): v128 {
  let largest = f32x4.splat(-Infinity);
  for (let c = 0; c < classes; c++) {
    largest = f32x4.max(largest, v128.load(x));
    x += row;
  }
  return largest;
}

/** ln Σ e^(x - largest) */
function logOfSums(x: usize, classes: i32, row: usize, largest: v128): v128 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let c = 0; c < classes; c++) {
    const share = exp4(f32x4.sub(v128.load(x), largest));
    low = f64x2.add(low, lowHalf(share));
    high = f64x2.add(high, highHalf(share));
    x += row;
  }
  return f32x4(
    <f32>logarithm(f64x2.extract_lane(low, 0)),
    <f32>logarithm(f64x2.extract_lane(low, 1)),
    <f32>logarithm(f64x2.extract_lane(high, 0)),
    <f32>logarithm(f64x2.extract_lane(high, 1)),
  );
}

/* Lanes */

/**
 * target·(logTotal - (x - largest)) of two float64 numbers, for the difference of huge logits is more than float32 holds;
 * 0 where the target is 0, even if x is -Infinity.
 */
// @ts-ignore: decorator
@inline
function cost(x: v128, target: v128, largest: v128, logTotal: v128): v128 {
  const term = f64x2.mul(target, f64x2.sub(logTotal, f64x2.sub(x, largest)));
  return v128.and(term, f64x2.ne(target, f64x2.splat(0)));
}

// @ts-ignore: decorator
@inline
function sumOfHalves(x: v128): v128 {
  return f64x2.add(lowHalf(x), highHalf(x));
}
