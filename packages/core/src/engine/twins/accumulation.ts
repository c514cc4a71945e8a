import { launch, readable, writable } from '../launch.ts';

/** How many numbers are one piece of work, of some 10 microseconds. */
const grain = 16_384;
/** The neighbours along the inner axis that are one unit: `group` of assembly/accumulation.ts and assembly/extremes.ts. */
const group = 16;

export function product(x: Float32Array, y: Float32Array, outer: number, length: number, inner: number): void {
  const { units, grain } = cut(outer, length, inner);
  launch('product', units, grain, readable(x), writable(y), length, inner);
}

export function cumulativeSum(
  x: Float32Array,
  y: Float32Array,
  outer: number,
  length: number,
  inner: number,
  exclusive: number,
  reverse: number,
): void {
  const { units, grain } = cut(outer, length, inner);
  launch('cumulativeSum', units, grain, readable(x), writable(y), length, inner, exclusive, reverse);
}

export function argMax(x: Float32Array, indices: Int32Array, outer: number, length: number, inner: number): void {
  const { units, grain } = cut(outer, length, inner);
  launch('indexOfExtreme', units, grain, readable(x), writable(indices), length, inner, 0);
}

export function argMin(x: Float32Array, indices: Int32Array, outer: number, length: number, inner: number): void {
  const { units, grain } = cut(outer, length, inner);
  launch('indexOfExtreme', units, grain, readable(x), writable(indices), length, inner, 1);
}

/** Lines, or groups of neighbouring lines, and how many of them are a piece. */
function cut(outer: number, length: number, inner: number): { units: number; grain: number } {
  const units = outer * Math.ceil(inner / group);
  return { units, grain: Math.ceil(grain / (length * Math.min(inner, group) + 8)) };
}
