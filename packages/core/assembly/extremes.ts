import { storeFirst } from './edges';
import { bytes } from './lanes';

/*
 * Where the largest number stands along the middle axis of x, which is [outer, length, inner], or with `least` the smallest,
 * which is the largest of what has changed its sign. The first of equals wins, and the first NaN over all. A unit is up to
 * sixteen neighbours along `inner` of one `outer`.
 */

/** The numbers along the inner axis that are one unit. */
const group: i32 = 16;

/** indices[o, i] = the first n with the largest x[o, n, i] */
export function indexOfExtreme(
  x: usize, indices: usize, length: i32, inner: i32, least: i32, from: i32, to: i32,
): void {
  const sign = i32x4.splat(least << 31);
  const groups = (inner + group - 1) / group;
  for (let unit = from; unit < to; unit++) {
    const o = unit / groups;
    const start = (unit % groups) * group;
    const block = x + bytes(o * length * inner + start);
    const target = indices + bytes(o * inner + start);
    if (inner == 1) {
      store<i32>(target, indexOfLargest(block, length, sign));
      continue;
    }
    const end = min(group, inner - start);
    for (let i = 0; i < end; i += 4) {
      storeFirst(target + bytes(i), indicesOfFour(block + bytes(i), bytes(inner), length, sign), end - i);
    }
  }
}

/** Ones where a candidate replaces the largest number before it: where it is larger, or the first NaN. */
// @ts-ignore: decorator
@inline
function beats(candidate: v128, largest: v128): v128 {
  return v128.andnot(f32x4.eq(largest, largest), f32x4.le(candidate, largest));
}

/** The largest numbers of four neighbouring columns, by their indices. */
function indicesOfFour(x: usize, row: usize, length: i32, sign: v128): v128 {
  let largest = v128.xor(v128.load(x), sign);
  let best = i32x4.splat(0);
  for (let n = 1; n < length; n++) {
    x += row;
    const candidate = v128.xor(v128.load(x), sign);
    const isBetter = beats(candidate, largest);
    largest = v128.bitselect(candidate, largest, isBetter);
    best = v128.bitselect(i32x4.splat(n), best, isBetter);
  }
  return best;
}

/** The index of the largest number of a line, whose numbers have their signs changed by `sign`. */
export function indexOfLargest(x: usize, length: i32, sign: v128): i32 {
  if (length < 4) return indexAmongFew(x, length, sign);
  // Each lane looks through every fourth number; the last four may overlap the ones before.
  let largest = v128.xor(v128.load(x), sign);
  let indices = i32x4(0, 1, 2, 3);
  let best = indices;
  for (let n = 4; n < length; n += 4) {
    const first = min(n, length - 4);
    const candidate = v128.xor(v128.load(x + bytes(first)), sign);
    indices = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
    const isBetter = beats(candidate, largest);
    largest = v128.bitselect(candidate, largest, isBetter);
    best = v128.bitselect(indices, best, isBetter);
  }
  return firstOfLanes(largest, best);
}

/** Of four numbers and their indices, the index of the largest, and of equals the smallest index. */
function firstOfLanes(numbers: v128, indices: v128): i32 {
  const isNaN = f32x4.ne(numbers, numbers);
  const anyNaN = v128.any_true(isNaN);
  let largest = f32x4.max(numbers, i32x4.shuffle(numbers, numbers, 2, 3, 0, 1));
  largest = f32x4.max(largest, i32x4.shuffle(largest, largest, 1, 0, 3, 2));
  const isLargest = anyNaN ? isNaN : f32x4.eq(numbers, largest);
  const candidates = v128.bitselect(indices, i32x4.splat(i32.MAX_VALUE), isLargest);
  const pairs = i32x4.min_s(candidates, i32x4.shuffle(candidates, candidates, 2, 3, 0, 1));
  return min(i32x4.extract_lane(pairs, 0), i32x4.extract_lane(pairs, 1));
}

function indexAmongFew(x: usize, length: i32, sign: v128): i32 {
  const change: f32 = i32x4.extract_lane(sign, 0) < 0 ? -1 : 1;
  let best = 0;
  let largest = change * load<f32>(x);
  for (let n = 1; n < length; n++) {
    const candidate = change * load<f32>(x + bytes(n));
    if (largest != largest || candidate <= largest) continue;
    largest = candidate;
    best = n;
  }
  return best;
}
