import * as kernels from '../../engine/kernels.ts';
import type { ConvolutionSizes } from '../../kernels/patches.ts';
import { type FormulaTable, transposedConvolution } from '../../notation/index.ts';
import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { reshape } from '../shape/reshape.ts';
import { checkInput, image } from '../windows/axes.ts';
import { readWindow } from '../windows/window.ts';
import { checkBias } from './convolutionChecks.ts';
import { convolve, filterGradient } from './convolutionGradients.ts';
import {
  checkTransposedWeight,
  type TransposedConvolutionOptions,
  transposedConvolutionOptions,
  transposedLengths,
} from './transposedSizes.ts';

/**
 * Transposed convolution: every number of x adds the filter, times itself, to the output. The filters of neighbours begin
 * s apart, the first p numbers are cut off, and what overlaps is added. Where the convolution by the same weight has y = A·x, this is y = Aᵀ·x:
 *
 * y[n, o, r·s + i·d - p, c·s + j·d - p] = bias[o] + Σ over k, r, c, i, j that meet there of weight[k, o, i, j]·x[n, k, r, c]
 *
 * So it is the input gradient of `conv2d`, and its derivatives are the other two of those three ops.
 *
 * Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016; options as in PyTorch.
 *
 * @param x `[batch, in, height, width]`
 * @param weight `[in, out / groups, kernelHeight, kernelWidth]`
 * @returns `[batch, out, (height - 1)·s - 2p + d·(kernelHeight - 1) + 1 + outputPadding, and likewise the width]`
 * @example convTranspose2d([[[[1, 2]]]], ones([1, 1, 1, 2])) // [[[[1, 3, 2]]]]
 * @throws ShapeError when channels, bias or sizes do not fit; for an output size that cannot be, with those that can
 * @throws ValueError when an option is out of range
 */
export function convTranspose2d(
  x: TensorLike,
  weight: TensorLike,
  options: TransposedConvolutionOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('convTranspose2d', surplus);
  const {
    stride = 1,
    padding = 0,
    dilation = 1,
    groups = 1,
  } = checkOptions('convTranspose2d', options, transposedConvolutionOptions);
  const inputs = operands('convTranspose2d', { x, weight }, { bias: options.bias });
  checkInput('convTranspose2d', inputs.x.shape, image);
  const outChannels = checkTransposedWeight('convTranspose2d', inputs.x.shape, inputs.weight.shape, groups, image);
  if (inputs.bias) checkBias('convTranspose2d', inputs.bias.shape, inputs.weight.shape, outChannels);
  const [batch, inChannels, height, width] = inputs.x.shape;
  const [, perGroup, kernelHeight, kernelWidth] = inputs.weight.shape;
  const window = readWindow('convTranspose2d', [kernelHeight, kernelWidth], image, { stride, padding, dilation });
  const [outHeight, outWidth] = transposedLengths('convTranspose2d', inputs.x.shape, window, options);
  const [vertical, horizontal] = window;
  // Those of the convolution that leads the other way, from what comes out here to what goes in.
  const sizes: ConvolutionSizes = [
    ...([batch, outChannels, outHeight, outWidth, inChannels, height, width, kernelHeight, kernelWidth] as const),
    ...([vertical.stride, horizontal.stride, vertical.before, horizontal.before] as const),
    ...([vertical.dilation, horizontal.dilation, perGroup === 0 ? 1 : groups] as const),
  ];
  const shape = [batch, outChannels, outHeight, outWidth];
  const y = record({
    operation: 'convTranspose2d',
    inputs: { x: inputs.x, weight: inputs.weight },
    attributes: { stride, padding, dilation, groups, outputSize: [outHeight, outWidth] },
    shape,
    value: (y, memory) =>
      kernels.conv2dInputGradient(flatten(inputs.x.view, memory), flatten(inputs.weight.view, memory), y, ...sizes),
    vjps: {
      x: (g) => convolve({ x: g, weight: inputs.weight }, inputs.x.shape, sizes),
      weight: (g) => filterGradient(g, inputs.x, inputs.weight.shape, sizes),
    },
  });
  return inputs.bias ? add(y, reshape(inputs.bias, [outChannels, 1, 1])) : y;
}

/** How a reader is shown it. */
export const formulas: FormulaTable = { convTranspose2d: () => transposedConvolution() };
