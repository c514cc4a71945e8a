import { bytes } from './lanes';

/*
 * What the normalisations share. x is [outer, groups, inner]. Groups are taken in teams: one group alone, whose lines of
 * `inner` numbers are worked through four numbers at a time, or, where lines are short, several side by side, of which
 * four columns are worked through at a time. A team's numbers are cut into parts of so many lines, or of a length of one
 * line, and a unit is a part of a team; the parts of one team follow each other.
 */

/** How many parts a team is cut into. */
// @ts-ignore: decorator
@inline
export function partsOf(outer: i32, inner: i32, lines: i32, length: i32): i32 {
  return ((outer + lines - 1) / lines) * partsOfLine(inner, length);
}

// @ts-ignore: decorator
@inline
export function partsOfLine(inner: i32, length: i32): i32 {
  return (inner + length - 1) / length;
}

/** Where the numbers [group, outer = line, inner = start] stand, in bytes. */
// @ts-ignore: decorator
@inline
export function placeOf(group: i32, line: i32, start: i32, groups: i32, inner: i32): usize {
  return bytes((line * groups + group) * inner + start);
}

/**
 * Where the three float64 numbers of a column stand that its output is made with: by fours, [4 first, 4 second, 4 third],
 * which is 32 bytes from each to the next.
 */
// @ts-ignore: decorator
@inline
export function threeOf(base: usize, column: i32): usize {
  return base + <usize>(column >> 2) * 96 + <usize>((column & 3) << 3);
}

/** Two float32 in float64. */
// @ts-ignore: decorator
@inline
export function loadTwo(address: usize, offset: usize = 0): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(address + offset));
}

// @ts-ignore: decorator
@inline
export function firstTwo(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

// @ts-ignore: decorator
@inline
export function lastTwo(x: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 1));
}

/** Two and two float64 as four float32. */
// @ts-ignore: decorator
@inline
export function joined(low: v128, high: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

// @ts-ignore: decorator
@inline
export function sumOfTwo(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}
