import { launch, readable, writable } from '../launch.ts';

/** How many numbers are one piece of work, of some 10 microseconds. */
const grain = 16_384;
/** In no more than so many pieces is put back, for each reads all indices. */
const mostPieces = 8;
/** The neighbours along the inner axis that are one unit of putGathered: `group` of assembly/indexing.ts. */
const group = 64;

type Picks = (
  x: Float32Array,
  indices: Int32Array,
  y: Float32Array,
  outer: number,
  length: number,
  count: number,
  inner: number,
) => void;

export const take: Picks = (x, indices, y, outer, length, count, inner) => {
  const addresses = [readable(x), readable(indices), writable(y)];
  launch('take', outer * count, piece(inner), ...addresses, length, count, inner);
};

export const putTaken: Picks = (y, indices, x, outer, length, count, inner) => {
  const [rows, numbers] = [outer * length, (length + 2 * count) * outer * inner];
  const pieces = Math.max(1, Math.min(Math.max(mostPieces, outer), Math.floor(numbers / grain)));
  const addresses = [readable(y), readable(indices), writable(x)];
  launch('putTaken', rows, Math.ceil(rows / pieces), ...addresses, length, count, inner);
};

export const gather: Picks = (x, indices, y, outer, length, count, inner) => {
  const addresses = [readable(x), readable(indices), writable(y)];
  launch('gather', outer * count, piece(inner), ...addresses, length, count, inner);
};

export const putGathered: Picks = (y, indices, x, outer, length, count, inner) => {
  const units = outer * Math.ceil(inner / group);
  const addresses = [readable(y), readable(indices), writable(x)];
  launch('putGathered', units, piece((length + count) * Math.min(inner, group)), ...addresses, length, count, inner);
};

export const takePixels: Picks = (x, pixels, y, sets, channels, planeSize, count) => {
  const addresses = [readable(x), readable(pixels), writable(y)];
  launch('takePixels', sets * channels, piece(count), ...addresses, channels, planeSize, count);
};

export const putPixels: Picks = (y, pixels, x, sets, channels, planeSize, count) => {
  const addresses = [readable(y), readable(pixels), writable(x)];
  launch('putPixels', sets * channels, piece(planeSize + count), ...addresses, channels, planeSize, count);
};

/** How many units of so many numbers are one piece. */
function piece(numbers: number): number {
  return Math.ceil(grain / (numbers + 1));
}
