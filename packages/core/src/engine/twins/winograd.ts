import { launch, rooms, scratch } from '../launch.ts';
import { machine, usesWinograd } from '../machine.ts';
import { grainOf, isDense, type Measures, productsOf, upTo } from './convolutionSizes.ts';

/*
 * Convolutions with stride 1 by Winograd's F(4×4, 3×3) and F(2×2, 5×5), and their filter gradients. What is one unit of work
 * depends on the sizes alone.
 */

/**
 * From so many channels on both sides, and so many in all, the transforms are repaid by the products. Where products are rounded
 * before they are added, sums over fewer than 12 channels had more than three times the error of the plain sum.
 */
const [manyChannels, manyRounded, manyInAll] = [8, 12, 24];
/** At least so much of the tiles must be outputs that are wanted. */
const leastShare = 0.5;
/** Fewer columns than a vector has are not worth their transforms. */
const leastColumns = 4;

export function isForWinograd(sizes: Measures): boolean {
  const { kernelHeight, kernelWidth, inPerGroup, outPerGroup, outHeight, outWidth } = sizes;
  if (!isDense(sizes) || kernelHeight !== kernelWidth || !(kernelWidth === 3 || kernelWidth === 5)) return false;
  if (outWidth < leastColumns || !usesWinograd()) return false;
  const many = machine()?.kind === 'simd' ? manyRounded : manyChannels;
  const isWide = Math.min(inPerGroup, outPerGroup) >= many && inPerGroup + outPerGroup >= manyInAll;
  return isWide && outHeight * outWidth >= leastShare * outputsOf(sizes) ** 2 * tilesOf(sizes);
}

/** How many outputs a tile has in each direction: it sees six inputs. */
function outputsOf({ kernelWidth }: Measures): number {
  return 7 - kernelWidth;
}

/** Rows and columns of tiles; a row has whole vectors of four outputs. */
function grid(sizes: Measures): [down: number, across: number] {
  const outputs = outputsOf(sizes);
  return [Math.ceil(sizes.outHeight / outputs), upTo(4, sizes.outWidth) / outputs];
}

function tilesOf(sizes: Measures): number {
  const [down, across] = grid(sizes);
  return down * across;
}

/** How many samples, or rows of tiles of one, are transformed at a time, so that about `tiles` tiles stay in the second cache. */
function unitOf(sizes: Measures, samples: number, tiles: number) {
  const [down, across] = grid(sizes);
  if (down * across <= tiles) {
    const most = Math.max(1, Math.min(samples, Math.floor(tiles / (down * across))));
    return { images: Math.ceil(samples / Math.ceil(samples / most)), tileRows: down };
  }
  const most = Math.max(1, Math.floor(tiles / across));
  return { images: 1, tileRows: Math.ceil(down / Math.ceil(down / most)) };
}

/** Bytes that transforms need, positions of a tile, and bytes between positions: as in assembly/winogradPacking.ts. */
export const winogradRoom = { scratch: 2560, positions: 36, gap: 64 } as const;
const { scratch: scratchBytes, positions, gap } = winogradRoom;

/** The bytes of the tiles of a unit with some channels, `lanes` of them beside each other. */
function tileBytes(tiles: number, channels: number, lanes: number): number {
  return positions * (4 * upTo(12, tiles) * upTo(lanes, channels) + gap);
}

/** The bytes of the rows of a unit, 8 channels beside each other. */
function pixelBytes(sizes: Measures, tileRows: number, across: number): number {
  const [outputs, reach] = [outputsOf(sizes), sizes.kernelWidth - 1];
  return 32 * (outputs * tileRows + reach) * (outputs * across + reach);
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
  const { kernelWidth: kernel } = sizes;
  const blocks = Math.ceil(outPerGroup / 16);
  const packed = scratch(groups * positions * (4 * 16 * blocks * upTo(8, inPerGroup) + gap));
  const packing = [kernel, outPerGroup, inPerGroup, ...strides, ...rooms(scratchBytes)];
  launch('packWinograd', groups * blocks, grainOf(inPerGroup * 1600), to.weight, packed, ...packing);

  const { images, tileRows } = unitOf(sizes, batch, Math.max(12, Math.min(48, Math.floor(1536 / inPerGroup))));
  const [down, across] = grid(sizes);
  const units = Math.ceil(batch / images) * Math.ceil(down / tileRows);
  const tiles = images * tileRows * across;
  const stage = 8 * (outputsOf(sizes) * 8 * upTo(4, outWidth) + gap);
  const bytes =
    scratchBytes +
    tileBytes(tiles, inPerGroup, 8) +
    tileBytes(tiles, 16, 16) +
    pixelBytes(sizes, tileRows, across) +
    stage;
  const shape = [kernel, batch, inPerGroup, height, width, outPerGroup, outHeight, outWidth, top, left, groups];
  const options = [images, tileRows, Number(relu), Number(isTransposed), ...rooms(bytes)];
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

/** The convolution whose tiles a filter gradient is summed up over: 5×5 weights are four squares of 3×3, which overlap. */
const bySquares = (sizes: Measures): Measures => ({ ...sizes, kernelHeight: 3, kernelWidth: 3 });
const squaresOf = ({ kernelWidth }: Measures): number => ((kernelWidth - 1) / 2) ** 2;

/** How many samples of a filter gradient have a sum of their own. */
export function chunkForWinograd(sizes: Measures): number {
  const { batch, inPerGroup, outPerGroup } = sizes;
  const byTiles = Math.floor((batch * tilesOf(bySquares(sizes))) / enoughTiles);
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
  const square = bySquares(sizes);
  const outBlocks = Math.ceil(outPerGroup / 16);
  const wholes = chunks * groups * squaresOf(sizes);
  const parts = Math.max(1, Math.min(outBlocks, Math.ceil(enoughUnits / wholes)));
  const { images, tileRows } = unitOf(square, chunk, gradientTiles);
  const [, across] = grid(square);
  const tiles = images * tileRows * across;
  const outputs = 16 * Math.ceil(outBlocks / parts);
  const sums = positions * (4 * outputs * upTo(4, inPerGroup) + gap);
  const bytes =
    scratchBytes +
    sums +
    tileBytes(tiles, inPerGroup, 8) +
    tileBytes(tiles, outputs, 16) +
    pixelBytes(square, tileRows, across);
  const units = wholes * parts;
  launch(
    'filterGradientWinograd',
    units,
    grainOf((chunk * chunks * productsOf(sizes)) / 4 / units),
    ...[x, g, target, sizes.kernelWidth, batch, inPerGroup, height, width, outPerGroup, outHeight, outWidth, top, left],
    ...[groups, chunk, parts, images, tileRows, ...rooms(bytes)],
  );
}
