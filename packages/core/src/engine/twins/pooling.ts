import type { PoolingSizes } from '../../kernels/pooling.ts';
import { launch, readable, writable } from '../launch.ts';

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
  } else launch('maxPoolAny', planes, grainOf(sizes), ...addresses, ...sizes.slice(1), Number(ofRelu));
}

export function avgPool2d(x: Float32Array, shares: Float32Array, y: Float32Array, ...sizes: PoolingSizes): void {
  const addresses = [readable(x), readable(shares), writable(y)];
  launch('averagePool', sizes[0], grainOf(sizes), ...addresses, ...sizes.slice(1, 11));
}

export function avgPool2dGradient(
  g: Float32Array,
  shares: Float32Array,
  xGradient: Float32Array,
  ...sizes: PoolingSizes
): void {
  const [planes, height, width, outHeight, outWidth] = sizes;
  const addresses = [readable(g), readable(shares), writable(xGradient)];
  if (isHalving(sizes) && outWidth >= 4) {
    launch('averagePoolHalvesGradient', planes, grainOf(sizes), ...addresses, height, width, outHeight, outWidth);
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
  positions: number,
) => void;

/** From planes of `planeSize` numbers to as many of `positions`, or back. */
function betweenPlanes(routine: string): Take {
  return (x, chosen, y, planes, planeSize, positions) => {
    const planesOfPiece = Math.max(1, Math.floor(grain / (planeSize + positions)));
    launch(routine, planes, planesOfPiece, readable(x), readable(chosen), writable(y), planeSize, positions);
  };
}

export const takeChosen: Take = betweenPlanes('takeChosen');
export const putChosen: Take = betweenPlanes('putChosen');
export const putOpen: Take = betweenPlanes('putOpen');
