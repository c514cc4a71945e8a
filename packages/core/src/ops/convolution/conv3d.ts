import type { ConvolutionSizes } from '../../kernels/patches.ts';
import type { SliceSizes } from '../../kernels/slices.ts';
import { convolution, type FormulaTable } from '../../notation/index.ts';
import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { checkInput, volume } from '../windows/axes.ts';
import { outputLengths } from '../windows/outputLengths.ts';
import { readWindow } from '../windows/window.ts';
import {
  type ConvolutionOptions,
  checkBias,
  checkChannels,
  checkWeight,
  convolutionOptions,
} from './convolutionChecks.ts';
import { convolve } from './volumeGradients.ts';

/**
 * Three-dimensional convolution; no filter is flipped. Along each axis, with stride s, dilation d and p zeros in front,
 *
 * y[n, o, t, r, c] = bias[o] + Σ over k, l, i, j of weight[o, k, l, i, j]·x[n, k, t·s + l·d - p, r·s + i·d - p, c·s + j·d - p]
 *
 * The sums over channels k and layers l are one: all slices that the filters meet for an output slice are the channels of
 * an image, and `conv2d` of these images is the output.
 *
 * @param x `[batch, in, depth, height, width]`
 * @param weight `[out, in / groups, kernelDepth, kernelHeight, kernelWidth]`
 * @returns `[batch, out, ⌊(depth + 2p - d·(kernelDepth - 1) - 1) / s⌋ + 1, and likewise height and width]`
 * @example conv3d(ones([1, 1, 2, 2, 2]), ones([1, 1, 2, 2, 2]), { bias: [1] }) // [[[[[9]]]]]
 * @throws ShapeError when channels, bias or sizes do not fit
 * @throws ValueError when an option is out of range
 */
export function conv3d(x: TensorLike, weight: TensorLike, options: ConvolutionOptions = {}, ...surplus: []): Tensor {
  checkSurplus('conv3d', surplus);
  const { stride = 1, padding = 0, dilation = 1, groups = 1 } = checkOptions('conv3d', options, convolutionOptions);
  const inputs = operands('conv3d', { x, weight }, { bias: options.bias });
  const [shape, filters] = [inputs.x.shape, inputs.weight.shape];
  checkInput('conv3d', shape, volume);
  checkWeight('conv3d', filters, volume);
  checkChannels('conv3d', shape, filters, groups, volume);
  if (inputs.bias) checkBias('conv3d', inputs.bias.shape, filters, filters[0]);
  const window = readWindow('conv3d', filters.slice(2), volume, options);
  const [outDepth, outHeight, outWidth] = outputLengths('conv3d', shape, window);
  const [deep, vertical, horizontal] = window;

  const [batch, channels, depth, height, width] = shape;
  const [outChannels, perGroup, kernelDepth, kernelHeight, kernelWidth] = filters;
  const slices: SliceSizes = [
    ...([batch, channels, depth, height * width, outDepth, kernelDepth] as const),
    ...([deep.stride, deep.before, deep.dilation] as const),
  ];
  const images: ConvolutionSizes = [
    ...([batch * outDepth, channels * kernelDepth, height, width, outChannels, outHeight, outWidth] as const),
    ...([kernelHeight, kernelWidth, vertical.stride, horizontal.stride, vertical.before, horizontal.before] as const),
    ...([vertical.dilation, horizontal.dilation, perGroup === 0 ? 1 : groups] as const),
  ];
  const outputShape = [batch, outChannels, outDepth, outHeight, outWidth];
  return convolve(inputs, outputShape, { slices, images }, { stride, padding, dilation, groups });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = { conv3d: (facts) => convolution(facts, 3) };
