import { launch, scratch } from '../launch.ts';
import { usesWinograd } from '../machine.ts';
import { forAllThreads, grainOf, isDense, type Measures, productsOf, upTo } from './convolutionSizes.ts';

/*
 * 3×3 convolutions with stride 1 by Winograd's F(4×4, 3×3), and their filter gradient. What is one unit of work depends on
 * the sizes alone.
 */

/** From so many channels on both sides, and so many in all, the transforms are repaid by the products. */
const [manyChannels, manyInAll] = [8, 24];
/** At least so much of the tiles must be outputs that are wanted. */
const leastShare = 0.5;
/** Fewer columns than a tile has are not worth their transforms. */
const leastColumns = 4;

export function isForWinograd(sizes: Measures): boolean {
  const { kernelHeight, kernelWidth, inPerGroup, outPerGroup, outHeight, outWidth } = sizes;
  if (!isDense(sizes) || kernelHeight !== 3 || kernelWidth !== 3) return false;
  if (outWidth < leastColumns || !usesWinograd()) return false;
  const isWide = Math.min(inPerGroup, outPerGroup) >= manyChannels && inPerGroup + outPerGroup >= manyInAll;
  return isWide && outHeight * outWidth >= leastShare * 16 * tilesOf(sizes);
}

function tilesOf({ outHeight, outWidth }: Measures): number {
  return Math.ceil(outHeight / 4) * Math.ceil(outWidth / 4);
}

/** How many samples, or rows of tiles of one, are transformed at a time, so that about `tiles` tiles stay in the second cache. */
function unitOf({ outHeight, outWidth }: Measures, samples: number, tiles: number) {
  const [down, across] = [Math.ceil(outHeight / 4), Math.ceil(outWidth / 4)];
  if (down * across <= tiles) {
    const most = Math.max(1, Math.min(samples, Math.floor(tiles / (down * across))));
    return { images: Math.ceil(samples / Math.ceil(samples / most)), tileRows: down };
  }
  const most = Math.max(1, Math.floor(tiles / across));
  return { images: 1, tileRows: Math.ceil(down / Math.ceil(down / most)) };
}

/** Bytes that transforms need, positions of a tile, and bytes between positions: as in assembly/winogradPacking.ts. */
export const winogradRoom = { scratch: 2048, positions: 36, gap: 64 } as const;
const { scratch: scratchBytes, positions, gap } = winogradRoom;

/** The bytes of the tiles of a unit with some channels, `lanes` of them beside each other. */
function tileBytes(tiles: number, channels: number, lanes: number): number {
  return positions * (4 * upTo(12, tiles) * upTo(lanes, channels) + gap);
}

/** The bytes of the rows of a unit, 8 channels beside each other. */
function pixelBytes(tileRows: number, across: number): number {
  return 32 * (4 * tileRows + 2) * (4 * across + 2);
}

interface Addresses {
  readonly x: number;
  readonly weight: number;
  readonly bias: number;
  readonly y: number;
}

/** y = convolution of x, or an input gradient; `strides` are the distances of output and input channels in the weight, and whether it is turned. */
export function correlateWinograd(
  to: Addresses,
  sizes: Measures,
  strides: readonly number[],
  isTransposed: boolean,
  relu: boolean,
): void {
  const { batch, groups, inPerGroup, height, width, outPerGroup, outHeight, outWidth, top, left } = sizes;
  const blocks = Math.ceil(outPerGroup / 16);
  const packed = scratch(groups * positions * (4 * 16 * blocks * upTo(8, inPerGroup) + gap));
  const room = scratch(forAllThreads(scratchBytes));
  const packing = [outPerGroup, inPerGroup, ...strides, room];
  launch('packWinograd', groups * blocks, grainOf(inPerGroup * 1600), to.weight, packed, ...packing);

  const { images, tileRows } = unitOf(sizes, batch, Math.max(12, Math.min(48, Math.floor(1536 / inPerGroup))));
  const across = Math.ceil(outWidth / 4);
  const units = Math.ceil(batch / images) * Math.ceil(Math.ceil(outHeight / 4) / tileRows);
  const tiles = images * tileRows * across;
  const stage = 8 * (4 * 32 * across + gap);
  const bytes =
    scratchBytes + tileBytes(tiles, inPerGroup, 8) + tileBytes(tiles, 16, 16) + pixelBytes(tileRows, across) + stage;
  const work = scratch(forAllThreads(bytes));
  const shape = [batch, inPerGroup, height, width, outPerGroup, outHeight, outWidth, top, left, groups];
  const options = [images, tileRows, Number(relu), Number(isTransposed), work, bytes];
  launch(
    'convolveWinograd',
    units,
    grainOf((batch * productsOf(sizes)) / 4 / units),
    ...[to.x, packed, to.weight, to.bias, to.y],
    ...shape,
    ...options,
  );
}

/** How many tiles are summed up at a time in a filter gradient. */
const gradientTiles = 48;
/** How many units there should be. */
const enoughUnits = 8;
/** A sum of its own for some samples is repaid by so many tiles, and by so few filters, each of which is transformed. */
const enoughTiles = 64;
const mostFilters = 2 ** 14;

/** How many samples of a filter gradient have a sum of their own. */
export function chunkForWinograd(sizes: Measures): number {
  const { batch, inPerGroup, outPerGroup } = sizes;
  const byTiles = Math.floor((batch * tilesOf(sizes)) / enoughTiles);
  const byFilters = Math.floor(mostFilters / (inPerGroup * outPerGroup));
  return Math.ceil(batch / Math.max(1, Math.min(enoughUnits, byTiles, byFilters)));
}

export function sumWinograd(
  x: number,
  g: number,
  target: number,
  chunk: number,
  chunks: number,
  sizes: Measures,
): void {
  const { batch, groups, inPerGroup, height, width, outPerGroup, outHeight, outWidth, top, left } = sizes;
  const outBlocks = Math.ceil(outPerGroup / 16);
  const parts = Math.max(1, Math.min(outBlocks, Math.ceil(enoughUnits / (chunks * groups))));
  const { images, tileRows } = unitOf(sizes, chunk, gradientTiles);
  const across = Math.ceil(outWidth / 4);
  const tiles = images * tileRows * across;
  const outputs = 16 * Math.ceil(outBlocks / parts);
  const sums = positions * (4 * outputs * upTo(4, inPerGroup) + gap);
  const bytes =
    scratchBytes +
    sums +
    tileBytes(tiles, inPerGroup, 8) +
    tileBytes(tiles, outputs, 16) +
    pixelBytes(tileRows, across);
  const work = scratch(forAllThreads(bytes));
  const units = chunks * groups * parts;
  launch(
    'filterGradientWinograd',
    units,
    grainOf((chunk * chunks * productsOf(sizes)) / 4 / units),
    ...[x, g, target, batch, inPerGroup, height, width, outPerGroup, outHeight, outWidth, top, left, groups],
    ...[chunk, parts, images, tileRows, work, bytes],
  );
}
