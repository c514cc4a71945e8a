import type { ConvolutionSizes } from '../../kernels/patches.ts';
import { launch, readable, rooms, scratch, writable } from '../launch.ts';
import {
  grainOf,
  isDense,
  isPadded,
  isPointwise,
  type Measures,
  measure,
  partsOf,
  productsOf,
  roomFor,
  roomForPatches,
} from './convolutionSizes.ts';
import { isForTurned, sumTurned } from './convolutionTurned.ts';
import { correlate, transpose } from './correlation.ts';
import { inputGradientDepthwise, isDepthwise, sumDepthwise } from './depthwise.ts';
import { phasesOf, splitPhases } from './phases.ts';
import { chunkForWinograd, isForWinograd, sumWinograd } from './winograd.ts';

/** How many samples are summed up by one thread; more where the sums of all chunks would take too many bytes. */
const chunkSamples = 8;
const mostPartialBytes = 2 ** 24;
/** How many chunks there should be for all threads. */
const enoughChunks = 8;
/** Up to so many weights twice as many, where a product would otherwise pack each cotangent for two parts of its channels. */
const fewWeights = 2 ** 15;
/** How many bytes of images one innermost loop reads: half of a usual first cache. */
const imageBytes = 2 ** 14;

export function conv2dFilterGradient(
  x: Float32Array,
  g: Float32Array,
  weightGradient: Float32Array,
  ...numbers: ConvolutionSizes
): void {
  const whole = measure(numbers);
  if (whole.batch === 0 || weightGradient.length === 0) {
    weightGradient.fill(0);
    return;
  }
  const { length } = weightGradient;
  const sizes = phasesOf(whole) ?? whole;
  const { batch } = sizes;
  const most = Math.max(chunkSamples, batch / Math.max(1, Math.floor(mostPartialBytes / (4 * length))));
  const winograd = isForWinograd(sizes);
  const sum = isDepthwise(sizes)
    ? sumDepthwise
    : winograd
      ? sumWinograd
      : isForTurned(sizes)
        ? sumTurned
        : isDense(sizes)
          ? sumDirectly
          : sumUnfolded;
  const enough = sum === sumUnfolded && length <= fewWeights ? 2 * enoughChunks : enoughChunks;
  const chunk = winograd ? chunkForWinograd(sizes) : Math.min(Math.ceil(most), Math.ceil(batch / enough));
  const chunks = Math.ceil(batch / chunk);
  const total = writable(weightGradient);
  const target = chunks > 1 ? scratch(4 * chunks * length) : total;
  const { groups, inPerGroup, height, width, outPerGroup, outHeight, outWidth, dilationY, dilationX } = whole;
  const [from, cotangent] =
    sizes === whole
      ? [readable(x), readable(g)]
      : [
          splitPhases(readable(x), [whole.batch, groups * inPerGroup, height, width, dilationY, dilationX]),
          splitPhases(readable(g), [whole.batch, groups * outPerGroup, outHeight, outWidth, dilationY, dilationX]),
        ];
  sum(from, cotangent, target, chunk, chunks, sizes);
  if (chunks > 1) {
    launch('addParts', length, Math.ceil(65_536 / chunks / 4) * 4, target, total, chunks, length);
  }
}

function sumDirectly(x: number, g: number, target: number, chunk: number, chunks: number, sizes: Measures): void {
  const { batch, groups, inPerGroup, height, width, outPerGroup, outHeight, outWidth } = sizes;
  const { kernelHeight, kernelWidth, top, left } = sizes;
  const plane = (outHeight + kernelHeight - 1) * (outWidth + kernelWidth - 1);
  const read = 4 * (plane + 4 * outHeight * outWidth);
  const together = Math.max(1, Math.min(chunk, Math.floor(imageBytes / read)));
  const products = chunk * productsOf(sizes);
  const parts = partsOf(chunks, groups * inPerGroup, products);
  const padded = isPadded(sizes);
  const channels = Math.ceil((groups * inPerGroup) / parts);
  const bytes = roomFor(padded ? together * channels * plane : 0);
  launch(
    'convolutionFilterGradient',
    chunks * parts,
    grainOf(products / parts),
    ...[x, g, target, batch, inPerGroup, height, width, outPerGroup, outHeight, outWidth, kernelHeight, kernelWidth],
    ...[top, left, groups, chunk, together, parts, Number(padded), ...rooms(bytes)],
  );
}

function sumUnfolded(x: number, g: number, target: number, chunk: number, chunks: number, sizes: Measures): void {
  const { batch, groups, inPerGroup, height, width, outPerGroup, outHeight, outWidth } = sizes;
  const { kernelHeight, kernelWidth, strideY, strideX, top, left, dilationY, dilationX } = sizes;
  const products = (chunk * productsOf(sizes)) / groups;
  const parts = partsOf(chunks * groups, inPerGroup, products);
  const pointwise = isPointwise(sizes);
  const patch = Math.ceil(inPerGroup / parts) * kernelHeight * kernelWidth;
  const bytes = roomForPatches(pointwise ? 0 : patch, outHeight * outWidth);
  launch(
    'filterGradientUnfolded',
    chunks * groups * parts,
    grainOf(products / parts),
    ...[x, g, target, batch, inPerGroup, height, width, outPerGroup, outHeight, outWidth, kernelHeight, kernelWidth],
    ...[strideY, strideX, top, left, dilationY, dilationX, groups, chunk, parts, Number(pointwise), ...rooms(bytes)],
  );
}

export function conv2dInputGradient(
  g: Float32Array,
  weight: Float32Array,
  xGradient: Float32Array,
  ...numbers: ConvolutionSizes
): void {
  if (xGradient.length === 0) return;
  const sizes = measure(numbers);
  const [x, filters, y] = [readable(g), readable(weight), writable(xGradient)];
  if (isDepthwise(sizes)) inputGradientDepthwise(x, filters, y, sizes);
  else if (sizes.strideY * sizes.strideX > 1 || isPointwise(sizes)) fold(x, filters, y, sizes);
  else correlate({ x, weight: filters, bias: 0, y }, transpose(sizes), true, false);
}

function fold(g: number, weight: number, xGradient: number, sizes: Measures): void {
  const { batch, groups, inPerGroup, height, width, outPerGroup, outHeight, outWidth } = sizes;
  const { kernelHeight, kernelWidth, strideY, strideX, top, left, dilationY, dilationX } = sizes;
  const products = productsOf(sizes) / groups;
  const parts = partsOf(batch * groups, inPerGroup, products);
  const pointwise = isPointwise(sizes);
  const patch = Math.ceil(inPerGroup / parts) * kernelHeight * kernelWidth;
  const bytes = roomForPatches(pointwise ? 0 : patch, outHeight * outWidth);
  launch(
    'inputGradientUnfolded',
    batch * groups * parts,
    grainOf(products / parts),
    ...[g, weight, xGradient, inPerGroup, height, width, outPerGroup, outHeight, outWidth, kernelHeight, kernelWidth],
    ...[strideY, strideX, top, left, dilationY, dilationX, groups, parts, Number(pointwise), ...rooms(bytes)],
  );
}
