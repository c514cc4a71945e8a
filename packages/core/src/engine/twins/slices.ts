import type { SliceSizes } from '../../kernels/slices.ts';
import { launch, readable, writable } from '../launch.ts';

/** How many numbers are one piece of work, of some 10 microseconds. */
const grain = 32_768;

export function unfoldSlices(x: Float32Array, y: Float32Array, ...[batch, ...sizes]: SliceSizes): void {
  const [channels, , plane, outDepth, kernelDepth] = sizes;
  const slices = batch * channels * outDepth * kernelDepth;
  launch('unfoldSlices', slices, grainOf(plane), readable(x), writable(y), ...sizes);
}

export function foldSlices(g: Float32Array, x: Float32Array, ...[batch, ...sizes]: SliceSizes): void {
  const [channels, depth, plane, , kernelDepth] = sizes;
  launch('foldSlices', batch * channels * depth, grainOf(plane * kernelDepth), readable(g), writable(x), ...sizes);
}

function grainOf(numbers: number): number {
  return Math.max(1, Math.floor(grain / (numbers + 100)));
}
