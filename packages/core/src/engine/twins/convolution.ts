import type { ConvolutionSizes } from '../../kernels/patches.ts';
import { launch, readable, rooms, writable } from '../launch.ts';
import { grainOf, isPointwise, type Measures, measure, productsOf } from './convolutionSizes.ts';
import { type Addresses, correlate } from './correlation.ts';
import { convolveDepthwise, isDepthwise } from './depthwise.ts';
import { workBytes } from './multiplyMatrices.ts';

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
  else if (isPointwise(sizes)) convolvePointwise(to, sizes, relu);
  else correlate(to, sizes, false, relu);
}

/** How many bytes of an image are read at a time: half of a usual second cache. */
const imageBytes = 2 ** 18;

function convolvePointwise({ x, weight, bias, y }: Addresses, sizes: Measures, relu: boolean): void {
  const { batch, groups, inPerGroup, height, width, outPerGroup } = sizes;
  const pixels = height * width;
  const parts = Math.max(1, Math.ceil((4 * inPerGroup * pixels) / imageBytes));
  const units = batch * groups * parts;
  launch(
    'convolvePointwise',
    units,
    grainOf((batch * productsOf(sizes)) / units),
    ...[x, weight, bias, y, inPerGroup, outPerGroup, pixels, groups, parts, Number(relu)],
    ...rooms(workBytes),
  );
}
