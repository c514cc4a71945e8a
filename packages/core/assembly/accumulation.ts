import { storeFirst } from './edges';
import { highHalf, joined, lowHalf } from './halves';
import { bytes } from './lanes';

/*
 * The middle axis of x, which is [outer, length, inner], multiplied or added up in float64. A unit is up to sixteen
 * neighbours along `inner` of one `outer`.
 */

/** The numbers along the inner axis that are one unit. */
const group: i32 = 16;

/** y[o, i] = Πₙ x[o, n, i] */
export function product(x: usize, y: usize, length: i32, inner: i32, from: i32, to: i32): void {
  const groups = (inner + group - 1) / group;
  for (let unit = from; unit < to; unit++) {
    const o = unit / groups;
    const start = (unit % groups) * group;
    const block = x + bytes(o * length * inner + start);
    const target = y + bytes(o * inner + start);
    if (inner == 1) {
      store<f32>(target, <f32>productOfLine(block, length));
      continue;
    }
    const end = min(group, inner - start);
    for (let i = 0; i < end; i += 4) {
      storeFirst(target + bytes(i), productOfFour(block + bytes(i), bytes(inner), length), end - i);
    }
  }
}

function productOfLine(x: usize, length: i32): f64 {
  let a = f64x2.splat(1);
  let b = a;
  let c = a;
  let d = a;
  let left = length;
  for (; left >= 8; left -= 8, x += 32) {
    const first = v128.load(x);
    const second = v128.load(x, 16);
    a = f64x2.mul(a, lowHalf(first));
    b = f64x2.mul(b, highHalf(first));
    c = f64x2.mul(c, lowHalf(second));
    d = f64x2.mul(d, highHalf(second));
  }
  const all = f64x2.mul(f64x2.mul(a, b), f64x2.mul(c, d));
  let total = f64x2.extract_lane(all, 0) * f64x2.extract_lane(all, 1);
  for (; left > 0; left--, x += 4) total *= <f64>load<f32>(x);
  return total;
}

/** The products of four neighbouring columns. */
function productOfFour(x: usize, row: usize, length: i32): v128 {
  let low = f64x2.splat(1);
  let high = low;
  for (let n = 0; n < length; n++, x += row) {
    const four = v128.load(x);
    low = f64x2.mul(low, lowHalf(four));
    high = f64x2.mul(high, highHalf(four));
  }
  return joined(low, high);
}

/**
 * y[o, n, i] = the sum of x[o, k, i] over all k up to n; without n itself where `exclusive` is 1, and over the k from n on
 * where `reverse` is 1.
 */
export function cumulativeSum(
  x: usize, y: usize, length: i32, inner: i32, exclusive: i32, reverse: i32, from: i32, to: i32,
): void {
  const groups = (inner + group - 1) / group;
  const row = bytes(inner);
  const first: usize = reverse ? bytes((length - 1) * inner) : 0;
  const step: usize = reverse ? <usize>0 - row : row;
  for (let unit = from; unit < to; unit++) {
    const start = (unit % groups) * group;
    const at = bytes((unit / groups) * length * inner + start) + first;
    if (inner == 1) {
      sumsOfLine(x + at, y + at, length, step, exclusive != 0);
      continue;
    }
    const end = min(group, inner - start);
    for (let i = 0; i < end; i += 4) {
      sumsOfFour(x + at + bytes(i), y + at + bytes(i), length, step, end - i, exclusive != 0);
    }
  }
}

/** The sums along one line, whose next number is `step` bytes on. Four are added up beside the sum of all before them. */
function sumsOfLine(x: usize, y: usize, length: i32, step: usize, exclusive: bool): void {
  let before: f64 = 0;
  let left = length;
  for (; left >= 4; left -= 4, x += 4 * step, y += 4 * step) {
    const a = <f64>load<f32>(x);
    const b = <f64>load<f32>(x + step);
    const c = <f64>load<f32>(x + 2 * step);
    const d = <f64>load<f32>(x + 3 * step);
    const ab = a + b;
    const first = before + a;
    const second = before + ab;
    const third = before + (ab + c);
    const fourth = before + (ab + (c + d));
    store<f32>(y, <f32>(exclusive ? before : first));
    store<f32>(y + step, <f32>(exclusive ? first : second));
    store<f32>(y + 2 * step, <f32>(exclusive ? second : third));
    store<f32>(y + 3 * step, <f32>(exclusive ? third : fourth));
    before = fourth;
  }
  for (; left > 0; left--, x += step, y += step) {
    const sum = before + <f64>load<f32>(x);
    store<f32>(y, <f32>(exclusive ? before : sum));
    before = sum;
  }
}

/** The sums along four neighbouring columns, of which `valid` are there. */
function sumsOfFour(x: usize, y: usize, length: i32, step: usize, valid: i32, exclusive: bool): void {
  let low = f64x2.splat(0);
  let high = low;
  for (let n = 0; n < length; n++, x += step, y += step) {
    const four = v128.load(x);
    const before = joined(low, high);
    low = f64x2.add(low, lowHalf(four));
    high = f64x2.add(high, highHalf(four));
    storeFirst(y, exclusive ? before : joined(low, high), valid);
  }
}
