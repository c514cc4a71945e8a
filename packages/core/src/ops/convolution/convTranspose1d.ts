import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';
import { checkInput, signal } from '../windows/axes.ts';
import { optionsOf, readWindow, still } from '../windows/window.ts';
import { checkBias } from './convolutionChecks.ts';
import { convTranspose2d } from './convTranspose2d.ts';
import {
  checkTransposedWeight,
  shortestLength,
  type TransposedConvolutionOptions,
  transposedConvolutionOptions,
  transposedLengths,
} from './transposedSizes.ts';

/**
 * Transposed convolution of signals: every number of x adds the filter, times itself, to the output. The filters of
 * neighbours begin s apart, the first p numbers are cut off, and what overlaps is added:
 *
 * y[n, o, t·s + i·d - p] = bias[o] + Σ over k, t, i that meet there of weight[k, o, i]·x[n, k, t]
 *
 * It is `convTranspose2d` of images that are one row high. As in PyTorch.
 *
 * @param x `[batch, in, length]`
 * @param weight `[in, out / groups, kernelLength]`
 * @returns `[batch, out, (length - 1)·s - 2p + d·(kernelLength - 1) + 1 + outputPadding]`
 * @example convTranspose1d([[[1, 2]]], [[[1, 1]]], { stride: 2 }) // [[[1, 1, 2, 2]]]
 * @throws ShapeError when channels, bias or sizes do not fit; for an output size that cannot be, with those that can
 * @throws ValueError when an option is out of range
 */
export function convTranspose1d(
  x: TensorLike,
  weight: TensorLike,
  options: TransposedConvolutionOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('convTranspose1d', surplus);
  const { groups = 1 } = checkOptions('convTranspose1d', options, transposedConvolutionOptions);
  const inputs = operands('convTranspose1d', { x, weight }, { bias: options.bias });
  checkInput('convTranspose1d', inputs.x.shape, signal);
  const outChannels = checkTransposedWeight('convTranspose1d', inputs.x.shape, inputs.weight.shape, groups, signal);
  if (inputs.bias) checkBias('convTranspose1d', inputs.bias.shape, inputs.weight.shape, outChannels);
  const [batch, inChannels, length] = inputs.x.shape;
  const [, perGroup, kernel] = inputs.weight.shape;
  const [along] = readWindow('convTranspose1d', kernel, signal, options);
  const [outLength] = transposedLengths('convTranspose1d', inputs.x.shape, [along], options);
  const y = convTranspose2d(
    reshape(inputs.x, [batch, inChannels, 1, length]),
    reshape(inputs.weight, [inChannels, perGroup, 1, kernel]),
    {
      bias: inputs.bias,
      ...optionsOf([still, along]),
      groups,
      outputPadding: [0, outLength - shortestLength(length, along)],
    },
  );
  return reshape(y, [batch, outChannels, outLength]);
}
