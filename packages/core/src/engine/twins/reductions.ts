import { launch, readable, scratch, writable } from '../launch.ts';

/** How many numbers are one piece of work: a few microseconds. */
const grainNumbers = 16_384;
/** The neighbours along the inner axis that are one unit: `group` of assembly/reductions.ts. */
const group = 16;
/** Where there are fewer units than this, a long axis is cut into parts. */
const enoughUnits = 16;

/** How [outer, length, inner] is cut: parts of the middle axis, units, and how many of these are a piece. */
interface Cut {
  readonly part: number;
  readonly parts: number;
  readonly units: number;
  readonly grain: number;
}

export function sum(x: Float32Array, y: Float32Array, outer: number, length: number, inner: number): void {
  const { part, parts, units, grain } = cut(outer, length, inner);
  const count = outer * inner;
  // Sums of parts are kept in float64.
  const sums = parts > 1 ? scratch(8 * parts * count) : writable(y);
  launch('sumOfParts', units, grain, readable(x), sums, outer, length, inner, part);
  if (parts > 1) launch('addSums', count, Math.ceil(grainNumbers / parts), sums, writable(y), parts, count);
}

export function max(x: Float32Array, y: Float32Array, outer: number, length: number, inner: number): void {
  extremum(x, y, outer, length, inner, 0);
}

export function min(x: Float32Array, y: Float32Array, outer: number, length: number, inner: number): void {
  extremum(x, y, outer, length, inner, 1);
}

/** The largest numbers, or the smallest with `least` = 1. */
function extremum(x: Float32Array, y: Float32Array, outer: number, length: number, inner: number, least: number): void {
  const { part, parts, units, grain } = cut(outer, length, inner);
  const count = outer * inner;
  const target = parts > 1 ? scratch(4 * parts * count) : writable(y);
  launch('extremumOfParts', units, grain, readable(x), target, outer, length, inner, part, least);
  if (parts === 1) return;
  const second = Math.ceil(grainNumbers / parts / group);
  const groups = Math.ceil(count / group);
  launch('extremumOfParts', groups, second, target, writable(y), 1, parts, count, parts, least);
}

function cut(outer: number, length: number, inner: number): Cut {
  const lines = outer * Math.ceil(inner / group);
  const width = Math.max(1, Math.min(inner, group));
  const isCut = lines < enoughUnits && length * width > grainNumbers;
  const part = isCut ? Math.ceil(grainNumbers / width) : Math.max(1, length);
  const parts = isCut ? Math.ceil(length / part) : 1;
  const grain = Math.max(1, Math.floor(grainNumbers / (part * width + 16)));
  return { part, parts, units: parts * lines, grain };
}
