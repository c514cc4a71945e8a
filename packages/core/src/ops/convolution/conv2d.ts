import { convolution, type FormulaTable } from '../../notation/index.ts';
import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { type ConvolutionOptions, checkBias, convolutionOptions } from './convolutionChecks.ts';
import { convolve } from './convolutionGradients.ts';
import { convolutionSizes } from './convolutionSizes.ts';

/**
 * Two-dimensional convolution, which as everywhere in deep learning is a cross-correlation: no filter is flipped. Along
 * each axis, with stride s, dilation d and p zeros in front,
 *
 * y[n, o, r, c] = bias[o] + Σ over k, i, j of weight[o, k, i, j]·x[n, k, r·s + i·d - p, c·s + j·d - p]
 *
 * It is linear in x and in the weight, so its derivatives are two more linear ops: the input gradient hands every
 * cotangent back along the filter it came through, the filter gradient correlates the images with the cotangents.
 *
 * @param x `[batch, in, height, width]`
 * @param weight `[out, in / groups, kernelHeight, kernelWidth]`
 * @returns `[batch, out, ⌊(height + 2p - d·(kernelHeight - 1) - 1) / s⌋ + 1, and likewise the width]`
 * @example conv2d(ones([1, 1, 3, 3]), ones([1, 1, 2, 2]), { padding: 1, stride: 2 }) // [[[[1, 2], [2, 4]]]]
 * @throws ShapeError when channels, bias or sizes do not fit
 * @throws ValueError when an option is out of range
 */
export function conv2d(x: TensorLike, weight: TensorLike, options: ConvolutionOptions = {}, ...surplus: []): Tensor {
  checkSurplus('conv2d', surplus);
  const { stride = 1, padding = 0, dilation = 1, groups = 1 } = checkOptions('conv2d', options, convolutionOptions);
  const inputs = operands('conv2d', { x, weight }, { bias: options.bias });
  const sizes = convolutionSizes(inputs.x.shape, inputs.weight.shape, groups, { stride, padding, dilation });
  if (inputs.bias) checkBias('conv2d', inputs.bias.shape, inputs.weight.shape, inputs.weight.shape[0]);
  const [batch, , , , outChannels, outHeight, outWidth] = sizes;
  const shape = [batch, outChannels, outHeight, outWidth];
  return convolve(inputs, shape, sizes, { stride, padding, dilation, groups });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = { conv2d: (facts) => convolution(facts) };
