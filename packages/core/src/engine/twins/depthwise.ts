import { launch, rooms } from '../launch.ts';
import { grainOf, isPointwise, type Measures, productsOf, reachOf, roomFor, upTo } from './convolutionSizes.ts';

/* Convolutions whose groups have one input channel each. */

export function isDepthwise(sizes: Measures): boolean {
  const { inPerGroup, groups, top, left } = sizes;
  return inPerGroup === 1 && groups > 1 && top >= 0 && left >= 0 && !isPointwise(sizes);
}

/**
 * The padded image in phases of columns: how many rows it has, how many numbers of room a phase, and what the offsets of the
 * taps, a filter and all of it take in bytes. An input gradient has rows and columns besides that no window sees.
 */
function phasesOf(sizes: Measures) {
  const { height, width, outHeight, outWidth, kernelHeight, kernelWidth } = sizes;
  const { strideY, strideX, top, left } = sizes;
  const [down, across] = reachOf(sizes);
  const rows = Math.max((outHeight - 1) * strideY + down + 1, height + Math.max(top, down));
  const columns = Math.max((outWidth - 1) * strideX + across + 1, width + Math.max(left, across));
  const pitch = upTo(4, Math.ceil(columns / strideX) + 4);
  return { rows, pitch, bytes: roomFor(2 * kernelHeight * kernelWidth + rows * strideX * pitch) };
}

interface Addresses {
  readonly x: number;
  readonly weight: number;
  readonly bias: number;
  readonly y: number;
}

export function convolveDepthwise({ x, weight, bias, y }: Addresses, sizes: Measures, relu: boolean): void {
  const { batch, groups, height, width, outPerGroup, outHeight, outWidth, kernelHeight, kernelWidth } = sizes;
  const { strideY, strideX, top, left, dilationY, dilationX } = sizes;
  const { pitch, bytes } = phasesOf(sizes);
  launch(
    'convolveDepthwise',
    batch * groups,
    grainOf((2 * productsOf(sizes)) / groups),
    ...[x, weight, bias, y, height, width, outPerGroup, outHeight, outWidth, kernelHeight, kernelWidth],
    ...[strideY, strideX, top, left, dilationY, dilationX, groups, pitch, Number(relu)],
    ...[...rooms(bytes)],
  );
}

export function inputGradientDepthwise(g: number, weight: number, xGradient: number, sizes: Measures): void {
  const { batch, groups, height, width, outPerGroup, outHeight, outWidth, kernelHeight, kernelWidth } = sizes;
  const { strideY, strideX, top, left, dilationY, dilationX } = sizes;
  const { rows, pitch, bytes } = phasesOf(sizes);
  launch(
    'inputGradientDepthwise',
    batch * groups,
    grainOf((2 * productsOf(sizes)) / groups),
    ...[g, weight, xGradient, height, width, outPerGroup, outHeight, outWidth, kernelHeight, kernelWidth],
    ...[strideY, strideX, top, left, dilationY, dilationX, groups, rows, pitch, ...rooms(bytes)],
  );
}

export function sumDepthwise(
  x: number,
  g: number,
  target: number,
  chunk: number,
  chunks: number,
  sizes: Measures,
): void {
  const { batch, groups, height, width, outPerGroup, outHeight, outWidth, kernelHeight, kernelWidth } = sizes;
  const { strideY, strideX, top, left, dilationY, dilationX } = sizes;
  const { pitch, bytes: phases } = phasesOf(sizes);
  const bytes = phases + roomFor(8 * outPerGroup * upTo(3, kernelHeight * kernelWidth));
  launch(
    'filterGradientDepthwise',
    chunks * groups,
    grainOf((2 * chunk * productsOf(sizes)) / groups),
    ...[x, g, target, batch, height, width, outPerGroup, outHeight, outWidth, kernelHeight, kernelWidth],
    ...[strideY, strideX, top, left, dilationY, dilationX, groups, chunk, pitch, ...rooms(bytes)],
  );
}
