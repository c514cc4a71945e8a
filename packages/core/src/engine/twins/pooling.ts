import type { PoolingSizes } from '../../kernels/pooling.ts';
import { launch, readable, rooms, writable } from '../launch.ts';

/** How many numbers under windows are one piece of work, of some 10 microseconds. */
const grain = 16_384;

export function maxPool2d(x: Float32Array, y: Float32Array, chosen: Int32Array, ...sizes: PoolingSizes): void {
  maxPool(x, y, chosen, sizes, false);
}

export function maxPool2dOfRelu(x: Float32Array, y: Float32Array, chosen: Int32Array, ...sizes: PoolingSizes): void {
  maxPool(x, y, chosen, sizes, true);
}

function maxPool(x: Float32Array, y: Float32Array, chosen: Int32Array, sizes: PoolingSizes, ofRelu: boolean): void {
  const [planes, height, width, outHeight, outWidth] = sizes;
  const addresses = [readable(x), writable(y), writable(chosen)];
  if (isHalving(sizes)) {
    const routine = ofRelu ? 'maxPoolHalvesOfRelu' : 'maxPoolHalves';
    launch(routine, planes, grainOf(sizes), ...addresses, height, width, outHeight, outWidth);
  } else if (isWhole(sizes)) {
    launch('maxPoolWhole', planes, grainOf(sizes), ...addresses, height * width, Number(ofRelu));
  } else maxPoolAny(addresses, sizes, ofRelu);
}

function maxPoolAny(addresses: readonly number[], sizes: PoolingSizes, ofRelu: boolean): void {
  const [planes, height, , outHeight, outWidth, kernelHeight, , strideY] = sizes;
  const rows = bandOf(sizes);
  const rowsSeen = Math.min(height, (rows - 1) * strideY + (kernelHeight - 1) * sizes[11] + 1);
  const columns = 4 * Math.ceil(outWidth / 4);
  const line = lineOf(sizes);
  const room = 64 * Math.ceil((columns + rowsSeen * (line + 2 * columns)) / 16);
  const settings = [...sizes.slice(1), Number(ofRelu), rows, line, ...rooms(room)];
  launch('maxPoolAny', planes * Math.ceil(outHeight / rows), grainOf(sizes), ...addresses, ...settings);
}

/**
 * How long the rows are that are copied with what they lack on both sides, and 0 where they are read as they are. Whole vectors
 * of windows are read, and so a little more than there may be; no more of it than may stand behind an array.
 */
function lineOf(sizes: PoolingSizes): number {
  const [, , width, , outWidth, , kernelWidth, , strideX, , paddingLeft, , dilationX] = sizes;
  const reach = (kernelWidth - 1) * dilationX;
  const line = (4 * Math.ceil(outWidth / 4) - 1) * strideX + reach + 9;
  const isInside = paddingLeft === 0 && (outWidth - 1) * strideX + reach < width;
  return isInside && line - width < 200 ? 0 : 4 * Math.ceil(Math.max(line, paddingLeft + 4) / 4);
}

/** Whether the one window is the whole plane. */
function isWhole([, height, width, outHeight, outWidth, ...window]: PoolingSizes): boolean {
  const [kernelHeight, kernelWidth, , , paddingTop, paddingLeft] = window;
  const isOne = outHeight === 1 && outWidth === 1 && paddingTop === 0 && paddingLeft === 0;
  return isOne && kernelHeight === height && kernelWidth === width && window[6] === 1 && window[7] === 1;
}

/** How many rows of the output are one unit: all of them, but of large planes so many that they are a piece of work. */
function bandOf([, height, width, outHeight, outWidth, kernelHeight]: PoolingSizes): number {
  const numbersOfRow = Math.ceil((height * width) / outHeight) + outWidth * kernelHeight;
  return Math.max(1, Math.min(outHeight, Math.ceil(grain / numbersOfRow)));
}

export function avgPool2d(x: Float32Array, shares: Float32Array, y: Float32Array, ...sizes: PoolingSizes): void {
  const [planes, height, , outHeight, , kernelHeight, kernelWidth, strideY] = sizes;
  const addresses = [readable(x), readable(shares), writable(y)];
  if (kernelWidth > 3) {
    launch('averagePool', planes, grainOf(sizes), ...addresses, ...sizes.slice(1, 11));
    return;
  }
  const [rows, line] = [bandOf(sizes), lineOf(sizes)];
  const room = 64 * Math.ceil((Math.min(height, (rows - 1) * strideY + kernelHeight) * line + 4) / 16);
  const settings = [...sizes.slice(1, 11), rows, line, ...rooms(room)];
  launch('averagePoolNarrow', planes * Math.ceil(outHeight / rows), grainOf(sizes), ...addresses, ...settings);
}

export function avgPool2dGradient(
  g: Float32Array,
  shares: Float32Array,
  xGradient: Float32Array,
  ...sizes: PoolingSizes
): void {
  const [planes, height, width, outHeight, outWidth, kernelHeight, kernelWidth, , strideX, , paddingLeft] = sizes;
  const addresses = [readable(g), readable(shares), writable(xGradient)];
  if (isHalving(sizes) && outWidth >= 4) {
    launch('averagePoolHalvesGradient', planes, grainOf(sizes), ...addresses, height, width, outHeight, outWidth);
  } else if (kernelWidth > strideX || (kernelWidth < 4 && width >= 16)) {
    const rows = Math.max(1, Math.min(height, Math.ceil(grain / (width * kernelHeight))));
    const line = Math.max(paddingLeft + width, (outWidth - 1) * strideX) + kernelWidth + 4;
    const room = 64 * Math.ceil(line / 16);
    const settings = [...sizes.slice(1, 11), rows, line, ...rooms(room)];
    const routine = 'averagePoolOverlapGradient';
    launch(routine, planes * Math.ceil(height / rows), grainOf(sizes), ...addresses, ...settings);
  } else launch('averagePoolGradient', planes, grainOf(sizes), ...addresses, ...sizes.slice(1, 11));
}

/** Whether windows of 2 × 2 lie beside each other and fill the plane, but for an odd last row or column. */
function isHalving(sizes: PoolingSizes): boolean {
  const [, height, width, outHeight, outWidth, ...window] = sizes;
  const isTwoByTwo = [2, 2, 2, 2, 0, 0, 1, 1].every((size, at) => size === window[at]);
  return isTwoByTwo && outHeight === Math.floor(height / 2) && outWidth === Math.floor(width / 2);
}

/** How many planes are one piece of work. */
function grainOf([, height, width, outHeight, outWidth, kernelHeight, kernelWidth]: PoolingSizes): number {
  const numbers = height * width + outHeight * outWidth * kernelHeight * kernelWidth;
  return Math.max(1, Math.floor(grain / numbers));
}

type Take = (
  x: Float32Array,
  chosen: Int32Array,
  y: Float32Array,
  planes: number,
  planeSize: number,
  pixels: number,
) => void;

/** From planes of `planeSize` numbers to as many of `pixels`, or back. */
function betweenPlanes(routine: string): Take {
  return (x, chosen, y, planes, planeSize, pixels) => {
    const planesOfPiece = Math.max(1, Math.floor(grain / (planeSize + pixels)));
    launch(routine, planes, planesOfPiece, readable(x), readable(chosen), writable(y), planeSize, pixels);
  };
}

export const takeChosen: Take = betweenPlanes('takeChosen');
export const putChosen: Take = betweenPlanes('putChosen');
export const putOpen: Take = betweenPlanes('putOpen');
