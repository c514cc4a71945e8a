import * as reference from '../../kernels/strided.ts';
import { launch, readable, writable } from '../launch.ts';

/** How many numbers are one piece of work, of some 10 microseconds. */
const grain = 32_768;
/** A row that is longer is cut, so that one row is also work for several threads. */
const longestRow = 16_384;
/** What routines know: so many axes besides those they run along. */
const mostOuterAxes = { rows: 5, matrices: 4 };

/** One axis of a view: how long, how far from one to the next in x, and in y. */
interface Axis {
  readonly length: number;
  readonly stride: number;
  readonly step: number;
}

export function copyStrided(
  x: Float32Array,
  y: Float32Array,
  start: number,
  shape: readonly number[],
  strides: readonly number[],
): void {
  if (shape.includes(0)) return;
  const axes = merged(shape, strides);
  const inner = axes[axes.length - 1];
  const across = axes.findIndex(({ length, stride }) => stride === 1 && length >= 4);
  const isTransposed = across >= 0 && Math.abs(inner.stride) > 1 && inner.length >= 4;
  const outer = axes.filter((_, axis) => axis !== axes.length - 1 && !(isTransposed && axis === across));
  if (outer.length > (isTransposed ? mostOuterAxes.matrices : mostOuterAxes.rows)) {
    reference.copyStrided(x, y, start, shape, strides);
  } else if (isTransposed) transpose(x, y, start, outer, axes[across], inner);
  else copyRows(x, y, start, outer, inner);
}

function copyRows(x: Float32Array, y: Float32Array, start: number, outer: readonly Axis[], inner: Axis): void {
  const axes = filled(outer, mostOuterAxes.rows);
  const piece = Math.min(inner.length, longestRow);
  const units = product(outer) * Math.ceil(inner.length / piece);
  const lengths = axes.slice(1).map(({ length }) => length);
  const strides = axes.map(({ stride }) => stride);
  const addresses = [readable(x) + 4 * start, writable(y)];
  launch('copyRows', units, grainOf(piece), ...addresses, inner.length, inner.stride, piece, ...lengths, ...strides);
}

function transpose(
  x: Float32Array,
  y: Float32Array,
  start: number,
  outer: readonly Axis[],
  rows: Axis,
  columns: Axis,
): void {
  const axes = filled(outer, mostOuterAxes.matrices);
  const units = product(outer) * Math.ceil(rows.length / 8);
  const lengths = axes.slice(1).map(({ length }) => length);
  const steps = [...axes.map(({ stride }) => stride), ...axes.map(({ step }) => step)];
  const matrix = [rows.length, columns.length, columns.stride, rows.step];
  const addresses = [readable(x) + 4 * start, writable(y)];
  launch('transposeRows', units, grainOf(8 * columns.length), ...addresses, ...matrix, ...lengths, ...steps);
}

/** The axes of a view, without those of length 1, and with neighbours as one where they lie evenly; at least one. */
function merged(shape: readonly number[], strides: readonly number[]): readonly Axis[] {
  const axes: Axis[] = [];
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const [length, stride] = [shape[axis], strides[axis]];
    const inner = axes[0];
    if (inner && length > 1 && stride === inner.length * inner.stride) {
      axes[0] = { ...inner, length: length * inner.length };
    } else if (length > 1) axes.unshift({ length, stride, step });
    step *= length;
  }
  return axes.length > 0 ? axes : [{ length: 1, stride: 1, step: 1 }];
}

/** The axes, and in front of them as many of length 1 as are missing. */
function filled(axes: readonly Axis[], count: number): readonly Axis[] {
  return [...Array<Axis>(count - axes.length).fill({ length: 1, stride: 0, step: 0 }), ...axes];
}

function product(axes: readonly Axis[]): number {
  return axes.reduce((size, { length }) => size * length, 1);
}

function grainOf(numbers: number): number {
  return Math.max(1, Math.floor(grain / numbers));
}
