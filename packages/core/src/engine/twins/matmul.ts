import type { MatrixStrides } from '../../kernels/matmul.ts';
import { changeable, launch, readable, rooms, scratch, writable } from '../launch.ts';
import { innerBlock, inPlace, panelColumns, workBytes } from './multiplyMatrices.ts';

/** The largest block of z that is one unit of work: as many rows and columns as panels are packed of at a time. */
const largestBlock = { rows: 96, columns: 256 };
/** How many blocks a large product is cut into at least, so that no thread waits long for the last one. */
const enoughBlocks = 8;
/** A product of fewer than so many is cut into half as many blocks: each packs its part of x and y again. */
const smallProducts = 2 ** 24;
/** How many products of two numbers are a piece of work: a few microseconds. */
const grainProducts = 2 ** 18;
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
  if (batch * rows * columns === 0) return;
  const { blockRows, blockColumns, part } = cut(batch, rows, inner, columns);
  const down = Math.ceil(rows / blockRows);
  const blocks = batch * down * Math.ceil(columns / blockColumns);
  const parts = Math.max(1, Math.ceil(inner / part));
  const length = batch * rows * columns;
  const target = parts > 1 ? scratch(4 * parts * length) : writable(z);
  const room = rooms(workBytes);
  const sizes = [batch, rows, inner, columns, ...xStrides, ...yStrides, blockRows, blockColumns, part];
  const isInPlace = yStrides[2] === 1 && rows <= (yStrides[1] % inPlace.conflict === 0 ? inPlace.fewer : inPlace.few);
  const isReadOften = down > 1 && inner > 0 && !isInPlace;
  const packed = isReadOften ? pack(y, batch, inner, columns, yStrides) : 0;
  // A unit that is tiny still costs as much as some hundred products.
  const grain = Math.max(1, Math.floor(grainProducts / (blockRows * blockColumns * part + 500)));
  launch('matmul', parts * blocks, grain, readable(x), readable(y), packed, target, ...room, ...sizes);
  if (parts > 1) launch('addParts', length, Math.ceil(65_536 / parts / 4) * 4, target, writable(z), parts, length);
}

/** All of y in panels, once for all blocks of rows that will read them; its address. */
function pack(y: Float32Array, batch: number, inner: number, columns: number, yStrides: MatrixStrides): number {
  const panels = Math.ceil(columns / panelColumns);
  const matrices = yStrides[0] === 0 ? 1 : batch;
  const packed = scratch(4 * matrices * inner * panels * panelColumns);
  const units = matrices * panels * Math.ceil(inner / innerBlock);
  const grain = Math.ceil(grainProducts / 8 / (panelColumns * Math.min(inner, innerBlock)));
  launch('packMatrix', units, grain, readable(y), packed, inner, columns, ...yStrides);
  return packed;
}

/** The blocks of z, and the parts of the inner axis, that are one unit each: by the sizes alone. */
function cut(batch: number, rows: number, inner: number, columns: number) {
  const [mostDown, mostAcross] = [Math.ceil(rows / largestBlock.rows), Math.ceil(columns / largestBlock.columns)];
  let blockRows = Math.ceil(rows / mostDown);
  let blockColumns = upTo(panelColumns, Math.ceil(columns / mostAcross), columns);
  const blocks = (): number => batch * Math.ceil(rows / blockRows) * Math.ceil(columns / blockColumns);
  if (inner >= longInner && blocks() < enoughBlocks) {
    const wanted = Math.min(inner / enoughBlocks, 2 ** 22 / (blockRows * blockColumns));
    const part = Math.max(longInner / 2, wanted, inner / mostParts);
    return { blockRows, blockColumns, part: upTo(innerBlock, part) };
  }
  const enough = batch * rows * inner * columns < smallProducts ? enoughBlocks / 2 : enoughBlocks;
  while (blocks() < enough && blockRows * blockColumns * inner > grainProducts) {
    if (blockRows >= blockColumns && blockRows > 6) blockRows = upTo(6, Math.ceil(blockRows / 2));
    else if (blockColumns > panelColumns) blockColumns = upTo(panelColumns, Math.ceil(blockColumns / 2));
    else break;
  }
  return { blockRows, blockColumns, part: Math.max(1, inner) };
}

/** The next multiple of `step`, or `most` if that is smaller. */
function upTo(step: number, count: number, most = Number.POSITIVE_INFINITY): number {
  return Math.min(most, Math.ceil(count / step) * step);
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
