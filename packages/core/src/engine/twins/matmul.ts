import type { MatrixStrides } from '../../kernels/matmul.ts';
import { changeable, launch, readable, scratch, threadCount, writable } from '../launch.ts';
import { workBytes } from './multiplyMatrices.ts';

/** The largest block of z that is one unit of work: enough rows and columns for packed panels to be read many times. */
const largestBlock = { rows: 64, columns: 128 };
/** How many blocks a large product is cut into at least, so that no thread waits long for the last one. */
const enoughBlocks = 8;
/** How many products of two numbers are a piece of work: a few microseconds. */
const grainProducts = 2 ** 17;
/** From such a length on, the inner axis is cut where z is small, into parts of at least half of it. */
const longInner = 1024;
/** Into so many parts at most: each takes as much memory as z. */
const mostParts = 64;

export function matmul(
  x: Float32Array,
  y: Float32Array,
  z: Float32Array,
  batch: number,
  rows: number,
  inner: number,
  columns: number,
  xStrides: MatrixStrides,
  yStrides: MatrixStrides,
): void {
  const { blockRows, blockColumns, part } = cut(batch, rows, inner, columns);
  const blocks = batch * Math.ceil(rows / blockRows) * Math.ceil(columns / blockColumns);
  const parts = Math.max(1, Math.ceil(inner / part));
  const length = batch * rows * columns;
  const target = parts > 1 ? scratch(4 * parts * length) : writable(z);
  const work = scratch(threadCount() * workBytes);
  const sizes = [batch, rows, inner, columns, ...xStrides, ...yStrides, blockRows, blockColumns, part];
  // A unit that is tiny still costs as much as some hundred products.
  const grain = Math.max(1, Math.floor(grainProducts / (blockRows * blockColumns * part + 500)));
  launch('matmul', parts * blocks, grain, readable(x), readable(y), target, work, workBytes, ...sizes);
  if (parts > 1) launch('addParts', length, Math.ceil(65_536 / parts / 4) * 4, target, writable(z), parts, length);
}

/** The blocks of z, and the parts of the inner axis, that are one unit each: by the sizes alone. */
function cut(batch: number, rows: number, inner: number, columns: number) {
  let blockRows = Math.max(1, Math.min(rows, largestBlock.rows));
  let blockColumns = Math.max(1, Math.min(columns, largestBlock.columns));
  const blocks = (): number => batch * Math.ceil(rows / blockRows) * Math.ceil(columns / blockColumns);
  if (inner >= longInner && blocks() < enoughBlocks) {
    const wanted = Math.min(inner / enoughBlocks, 2 ** 22 / (blockRows * blockColumns));
    const part = Math.max(longInner / 2, wanted, inner / mostParts);
    return { blockRows, blockColumns, part: Math.ceil(part / 256) * 256 };
  }
  while (blocks() < enoughBlocks && blockRows * blockColumns * inner > grainProducts) {
    if (blockRows >= blockColumns && blockRows > 4) blockRows = Math.ceil(blockRows / 8) * 4;
    else if (blockColumns > 8) blockColumns = Math.ceil(blockColumns / 16) * 8;
    else break;
  }
  return { blockRows, blockColumns, part: Math.max(1, inner) };
}

/** How many numbers are one piece of work, and how many of one row are a unit. */
const grainNumbers = 16_384;
const rowBlock = 4096;

export function addToRows(bias: Float32Array, y: Float32Array, rows: number, columns: number): void {
  if (columns === 0) return;
  const block = Math.min(columns, rowBlock);
  const units = rows * Math.ceil(columns / block);
  launch('addToRows', units, Math.ceil(grainNumbers / block), readable(bias), changeable(y), columns, block);
}
