import type { FloatArray } from './dtype.ts';
import { multiplyInto } from './matmul.ts';
import { type ConvolutionSizes, fold, measure, unfold } from './patches.ts';

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
