import type { FloatArray } from './dtype.ts';
import { multiplyInto } from './matmul.ts';

/**
 * The sizes of a two-dimensional convolution. Channels are those of the whole tensors; each of the `groups` joins
 * inChannels / groups of them to outChannels / groups. Padding behind the image follows from the other sizes.
 */
export type ConvolutionSizes = readonly [
  batch: number,
  inChannels: number,
  height: number,
  width: number,
  outChannels: number,
  outHeight: number,
  outWidth: number,
  kernelHeight: number,
  kernelWidth: number,
  strideY: number,
  strideX: number,
  paddingTop: number,
  paddingLeft: number,
  dilationY: number,
  dilationX: number,
  groups: number,
];

/*
 * A convolution can be computed as a matrix product. `unfold` writes the patch under each output position as one column of a
 * matrix [channels·kernelHeight·kernelWidth, positions]; then, for each sample and group,
 *
 *   output          y = W · patches          [out, positions]
 *   filter gradient ∂W = ∂y · patchesᵀ       summed over the samples
 *   input gradient  ∂patches = Wᵀ · ∂y, which `fold` adds back to where the patches came from.
 *
 * Source: Chellapilla, Puri and Simard, "High performance convolutional neural networks for document processing", 2006.
 */

/** y[n, o, :, :] = bias[o] + Σ over c, i, j of weight[o, c, i, j] · x[n, c, shifted by (i, j)]; bias may be `null`. */
export function conv2d(
  x: FloatArray,
  weight: FloatArray,
  bias: FloatArray | null,
  y: FloatArray,
  ...sizes: ConvolutionSizes
): void {
  const { batch, groups, inPerGroup, outPerGroup, plane, positions, patch } = measure(sizes);
  const patches = scratch(x, patch * positions);
  for (let n = 0; n < batch; n++) {
    for (let group = 0; group < groups; group++) {
      const from = (n * groups + group) * inPerGroup * plane;
      const to = (n * groups + group) * outPerGroup * positions;
      unfold(x, from, patches, inPerGroup, sizes);
      const filters = group * outPerGroup * patch;
      multiplyInto(weight, filters, patch, 1, patches, 0, positions, 1, y, to, outPerGroup, patch, positions, false);
      if (bias) addBias(bias, group * outPerGroup, y, to, outPerGroup, positions);
    }
  }
}

/** relu({@link conv2d}): y = max(0, bias + …), NaN where that is NaN. */
export function conv2dRelu(
  x: FloatArray,
  weight: FloatArray,
  bias: FloatArray | null,
  y: FloatArray,
  ...sizes: ConvolutionSizes
): void {
  conv2d(x, weight, bias, y, ...sizes);
  for (let i = 0; i < y.length; i++) y[i] = Math.max(y[i], 0);
}

/** ∂weight of {@link conv2d}, from its input x and the cotangent g of its output. */
export function conv2dFilterGradient(
  x: FloatArray,
  g: FloatArray,
  weightGradient: FloatArray,
  ...sizes: ConvolutionSizes
): void {
  const { batch, groups, inPerGroup, outPerGroup, plane, positions, patch } = measure(sizes);
  const patches = scratch(x, patch * positions);
  weightGradient.fill(0);
  for (let n = 0; n < batch; n++) {
    for (let group = 0; group < groups; group++) {
      const from = (n * groups + group) * inPerGroup * plane;
      const to = (n * groups + group) * outPerGroup * positions;
      unfold(x, from, patches, inPerGroup, sizes);
      const filters = group * outPerGroup * patch;
      multiplyInto(
        g,
        to,
        positions,
        1,
        patches,
        0,
        1,
        positions,
        weightGradient,
        filters,
        outPerGroup,
        positions,
        patch,
        true,
      );
    }
  }
}

/** ∂x of {@link conv2d}, from its weight and the cotangent g of its output. */
export function conv2dInputGradient(
  g: FloatArray,
  weight: FloatArray,
  xGradient: FloatArray,
  ...sizes: ConvolutionSizes
): void {
  const { batch, groups, inPerGroup, outPerGroup, plane, positions, patch } = measure(sizes);
  const patches = scratch(g, patch * positions);
  xGradient.fill(0);
  for (let n = 0; n < batch; n++) {
    for (let group = 0; group < groups; group++) {
      const from = (n * groups + group) * inPerGroup * plane;
      const to = (n * groups + group) * outPerGroup * positions;
      const filters = group * outPerGroup * patch;
      multiplyInto(weight, filters, 1, patch, g, to, positions, 1, patches, 0, patch, outPerGroup, positions, false);
      fold(patches, xGradient, from, inPerGroup, sizes);
    }
  }
}

function measure([
  batch,
  inChannels,
  height,
  width,
  outChannels,
  outHeight,
  outWidth,
  kernelHeight,
  kernelWidth,
  ,
  ,
  ,
  ,
  ,
  ,
  groups,
]: ConvolutionSizes) {
  const inPerGroup = inChannels / groups;
  return {
    batch,
    groups,
    inPerGroup,
    outPerGroup: outChannels / groups,
    plane: height * width,
    positions: outHeight * outWidth,
    patch: inPerGroup * kernelHeight * kernelWidth,
  };
}

/** Row (c, i, j) of the patches holds, for each output position, the input number that filter weight (c, i, j) meets. */
function unfold(x: FloatArray, from: number, patches: FloatArray, channels: number, sizes: ConvolutionSizes): void {
  const [, , height, width, , outHeight, outWidth, kernelHeight, kernelWidth, strideY, strideX] = sizes;
  const [paddingTop, paddingLeft, dilationY, dilationX] = sizes.slice(11, 15);
  let at = 0;
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < kernelHeight; i++) {
      for (let j = 0; j < kernelWidth; j++) {
        const shiftX = j * dilationX - paddingLeft;
        const first = firstInside(shiftX, strideX, outWidth);
        const last = lastInside(shiftX, strideX, width, outWidth);
        for (let oy = 0; oy < outHeight; oy++) {
          const iy = oy * strideY + i * dilationY - paddingTop;
          const row = from + (c * height + iy) * width + shiftX;
          const inside = iy >= 0 && iy < height;
          let ox = 0;
          if (inside) {
            for (; ox < first; ox++) patches[at++] = 0;
            for (; ox < last; ox++) patches[at++] = x[row + ox * strideX];
          }
          for (; ox < outWidth; ox++) patches[at++] = 0;
        }
      }
    }
  }
}

/** The transpose of {@link unfold}: adds every number of the patches to the input position it belongs to. */
function fold(patches: FloatArray, x: FloatArray, from: number, channels: number, sizes: ConvolutionSizes): void {
  const [, , height, width, , outHeight, outWidth, kernelHeight, kernelWidth, strideY, strideX] = sizes;
  const [paddingTop, paddingLeft, dilationY, dilationX] = sizes.slice(11, 15);
  let at = 0;
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < kernelHeight; i++) {
      for (let j = 0; j < kernelWidth; j++) {
        const shiftX = j * dilationX - paddingLeft;
        const first = firstInside(shiftX, strideX, outWidth);
        const last = lastInside(shiftX, strideX, width, outWidth);
        for (let oy = 0; oy < outHeight; oy++, at += outWidth) {
          const iy = oy * strideY + i * dilationY - paddingTop;
          if (iy < 0 || iy >= height) continue;
          const row = from + (c * height + iy) * width + shiftX;
          for (let ox = first; ox < last; ox++) x[row + ox * strideX] += patches[at + ox];
        }
      }
    }
  }
}

/** The first output position whose input, `position·stride + shift`, is not in the padding in front. */
function firstInside(shift: number, stride: number, positions: number): number {
  return Math.min(positions, Math.max(0, Math.ceil(-shift / stride)));
}

/** One past the last output position whose input is not in the padding behind. */
function lastInside(shift: number, stride: number, length: number, positions: number): number {
  return Math.min(positions, Math.max(0, Math.ceil((length - shift) / stride)));
}

function addBias(
  bias: FloatArray,
  first: number,
  y: FloatArray,
  from: number,
  channels: number,
  positions: number,
): void {
  for (let c = 0, at = from; c < channels; c++) {
    const shift = bias[first + c];
    for (let position = 0; position < positions; position++, at++) y[at] += shift;
  }
}

function scratch(like: FloatArray, length: number): FloatArray {
  return like instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}
