import type { FloatArray } from './dtype.ts';
import type { ConvolutionSizes } from './patches.ts';

/*
 * Gradients of a convolution whose output y goes through relu and max pooling. Pooling passes the cotangent of each of its
 * pixels to the one pixel of y that was chosen there, and to none where relu was shut, so most of ∂y is zeros:
 *
 *   ∂y = 0;   ∂y[n, o, chosen[n, o, p]] += g[n, o, p]   for each pooled pixel p with chosen ≥ 0
 *
 * These kernels take g and chosen, both [batch, outChannels, pooledPixels], and never write ∂y. chosen is an index,
 * row·outWidth + column, of a plane of y, and may name one more than once; a negative number stands for none.
 *
 * A cotangent of 0 counts as none: what is not finite in x or in the weight is seen only by cotangents that are not 0.
 * Padding counts as zeros that are multiplied, as in the kernels for a whole ∂y.
 */

/** ∂weight[o, c, i, j] = Σ over n, p of g[n, o, p] · x[n, c, chosen[n, o, p] shifted by (i, j)]. */
export function conv2dFilterGradientChosen(
  x: FloatArray,
  g: FloatArray,
  chosen: Int32Array,
  weightGradient: FloatArray,
  pooledPixels: number,
  ...sizes: ConvolutionSizes
): void {
  const [, inChannels, height, width, outChannels, , , kernelHeight, kernelWidth] = sizes;
  const groups = sizes[15];
  const inPerGroup = inChannels / groups;
  const patch = inPerGroup * kernelHeight * kernelWidth;
  const sums = new Float64Array(weightGradient.length);
  eachChosen(g, chosen, pooledPixels, sizes, (cotangent, n, o, top, left) => {
    const first = Math.floor((o * groups) / outChannels) * inPerGroup;
    let at = o * patch;
    for (let c = first; c < first + inPerGroup; c++) {
      const plane = (n * inChannels + c) * height;
      eachOfFilter(sizes, top, left, (y, x0) => {
        const isInside = y >= 0 && y < height && x0 >= 0 && x0 < width;
        sums[at++] += cotangent * (isInside ? x[(plane + y) * width + x0] : 0);
      });
    }
  });
  weightGradient.set(sums);
}

/** ∂x[n, c, chosen[n, o, p] shifted by (i, j)] += g[n, o, p] · weight[o, c, i, j], into zeros. */
export function conv2dInputGradientChosen(
  g: FloatArray,
  chosen: Int32Array,
  weight: FloatArray,
  xGradient: FloatArray,
  pooledPixels: number,
  ...sizes: ConvolutionSizes
): void {
  const [, inChannels, height, width, outChannels, , , kernelHeight, kernelWidth] = sizes;
  const groups = sizes[15];
  const inPerGroup = inChannels / groups;
  const patch = inPerGroup * kernelHeight * kernelWidth;
  const sums = new Float64Array(xGradient.length);
  eachChosen(g, chosen, pooledPixels, sizes, (cotangent, n, o, top, left) => {
    const first = Math.floor((o * groups) / outChannels) * inPerGroup;
    let at = o * patch;
    for (let c = first; c < first + inPerGroup; c++) {
      const plane = (n * inChannels + c) * height;
      eachOfFilter(sizes, top, left, (y, x) => {
        const isInside = y >= 0 && y < height && x >= 0 && x < width;
        if (isInside) sums[(plane + y) * width + x] += cotangent * weight[at];
        at++;
      });
    }
  });
  xGradient.set(sums);
}

/** ∂bias[o] = Σ over n, p of g[n, o, p] where chosen[n, o, p] ≥ 0. */
export function biasGradientChosen(
  g: FloatArray,
  chosen: Int32Array,
  biasGradient: FloatArray,
  batch: number,
  channels: number,
  pooledPixels: number,
): void {
  const sums = new Float64Array(channels);
  for (let n = 0, at = 0; n < batch; n++) {
    for (let o = 0; o < channels; o++) {
      for (let p = 0; p < pooledPixels; p++, at++) if (chosen[at] >= 0) sums[o] += g[at];
    }
  }
  biasGradient.set(sums);
}

/** Calls `use` for each cotangent that flows, with the position of x under the first weight of its filter. */
function eachChosen(
  g: FloatArray,
  chosen: Int32Array,
  pooledPixels: number,
  sizes: ConvolutionSizes,
  use: (cotangent: number, n: number, o: number, top: number, left: number) => void,
): void {
  const [batch, , , , outChannels, , outWidth, , , strideY, strideX, paddingTop, paddingLeft] = sizes;
  for (let n = 0, at = 0; n < batch; n++) {
    for (let o = 0; o < outChannels; o++) {
      for (let p = 0; p < pooledPixels; p++, at++) {
        if (chosen[at] < 0 || g[at] === 0) continue;
        const row = Math.floor(chosen[at] / outWidth);
        const column = chosen[at] - row * outWidth;
        use(g[at], n, o, row * strideY - paddingTop, column * strideX - paddingLeft);
      }
    }
  }
}

/** Calls `use` for each weight of a plane of the filter, with the position of x that it meets, inside the image or not. */
function eachOfFilter(sizes: ConvolutionSizes, top: number, left: number, use: (y: number, x: number) => void): void {
  const [kernelHeight, kernelWidth] = sizes.slice(7, 9);
  const [dilationY, dilationX] = sizes.slice(13, 15);
  for (let i = 0; i < kernelHeight; i++) {
    for (let j = 0; j < kernelWidth; j++) use(top + i * dilationY, left + j * dilationX);
  }
}
