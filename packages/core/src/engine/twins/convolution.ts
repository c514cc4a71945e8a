import type { ConvolutionSizes } from '../../kernels/patches.ts';
import { launch, readable, scratch, writable } from '../launch.ts';
import {
  forAllThreads,
  grainOf,
  isDense,
  isPointwise,
  type Measures,
  measure,
  productsOf,
  roomForPatches,
} from './convolutionSizes.ts';
import { correlate } from './correlation.ts';
import { convolveDepthwise, isDepthwise } from './depthwise.ts';

export function conv2d(
  x: Float32Array,
  weight: Float32Array,
  bias: Float32Array | null,
  y: Float32Array,
  ...sizes: ConvolutionSizes
): void {
  convolve(x, weight, bias, y, false, measure(sizes));
}

export function conv2dRelu(
  x: Float32Array,
  weight: Float32Array,
  bias: Float32Array | null,
  y: Float32Array,
  ...sizes: ConvolutionSizes
): void {
  convolve(x, weight, bias, y, true, measure(sizes));
}

function convolve(
  x: Float32Array,
  weight: Float32Array,
  bias: Float32Array | null,
  y: Float32Array,
  relu: boolean,
  sizes: Measures,
): void {
  if (y.length === 0) return;
  const to = { x: readable(x), weight: readable(weight), bias: bias ? readable(bias) : 0, y: writable(y) };
  if (isDepthwise(sizes)) convolveDepthwise(to, sizes, relu);
  else if (isDense(sizes)) correlate(to, sizes, false, relu);
  else convolveUnfolded(to, sizes, relu);
}

/** How many bytes of patches are made at a time: half of a usual second cache. */
const patchBytes = 2 ** 18;

function convolveUnfolded(
  { x, weight, bias, y }: { x: number; weight: number; bias: number; y: number },
  sizes: Measures,
  relu: boolean,
): void {
  const { batch, groups, inPerGroup, height, width, outPerGroup, outHeight, outWidth } = sizes;
  const { kernelHeight, kernelWidth, strideY, strideX, top, left, dilationY, dilationX } = sizes;
  const patch = inPerGroup * kernelHeight * kernelWidth;
  const parts = Math.max(1, Math.min(outHeight, Math.ceil((4 * patch * outHeight * outWidth) / patchBytes)));
  const pointwise = isPointwise(sizes);
  const bytes = roomForPatches(pointwise ? 0 : patch, Math.ceil(outHeight / parts) * outWidth);
  const work = scratch(forAllThreads(bytes));
  const units = batch * groups * parts;
  launch(
    'convolveUnfolded',
    units,
    grainOf((batch * productsOf(sizes)) / units),
    ...[x, weight, bias, y, inPerGroup, height, width, outPerGroup, outHeight, outWidth, kernelHeight, kernelWidth],
    ...[strideY, strideX, top, left, dilationY, dilationX, groups, parts],
    ...[Number(pointwise), Number(relu), work, bytes],
  );
}
