import { bytes } from './lanes';

/*
 * What the normalisations share. x is [outer, groups, inner]. Groups are taken in teams: one group alone, whose lines of
 * `inner` numbers are worked through four numbers at a time, or, where lines are short, several side by side, of which
 * four columns are worked through at a time. A team's numbers are cut into parts of so many lines, or of a length of one
 * line, and a unit is a part of a team; the parts of one team follow each other.
 */

/** How many parts a team is cut into. */
export function partsOf(outer: i32, inner: i32, lines: i32, length: i32): i32 {
  return ((outer + lines - 1) / lines) * partsOfLine(inner, length);
}

function partsOfLine(inner: i32, length: i32): i32 {
  return (inner + length - 1) / length;
}

/** Where the numbers [group, outer = line, inner = start] stand, in bytes. */
function offsetOf(group: i32, line: i32, start: i32, groups: i32, inner: i32): usize {
  return bytes((line * groups + group) * inner + start);
}

/*
 * The part of a team that a unit is, as `find` has found it: each thread has an instance of its own, and with it these
 * variables of its own.
 */

/** How many parts the team has. */
export let parts: i32 = 0;
/** The number of the part in its team, its first group and its first line, and how many rows it has. */
export let part: i32 = 0;
export let group: i32 = 0;
export let line: i32 = 0;
export let rows: i32 = 0;
/** Where its first number stands, in bytes, and how many numbers it has of each row. */
export let offset: usize = 0;
export let width: i32 = 0;
/** The first of its columns that have statistics of their own: those of a group alone are in one. */
export let column: i32 = 0;
/** How many bytes lie between two rows. */
export let row: usize = 0;

/** Finds the part that a unit is. */
export function find(unit: i32, outer: i32, groups: i32, inner: i32, lines: i32, length: i32, team: i32): void {
  const across = partsOfLine(inner, length);
  parts = partsOf(outer, inner, lines, length);
  part = unit % parts;
  group = (unit / parts) * team;
  line = (part / across) * lines;
  rows = min(lines, outer - line);
  row = bytes(groups * inner);
  if (team == 1) {
    const start = (part % across) * length;
    offset = offsetOf(group, line, start, groups, inner);
    width = min(length, inner - start);
    column = group;
  } else {
    column = group * inner;
    offset = <usize>line * row + bytes(column);
    width = min(groups, group + team) * inner - column;
  }
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
