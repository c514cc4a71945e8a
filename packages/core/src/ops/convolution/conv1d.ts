import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';
import { checkInput, signal } from '../windows/axes.ts';
import { outputLengths } from '../windows/outputLengths.ts';
import { optionsOf, readWindow, still } from '../windows/window.ts';
import { conv2d } from './conv2d.ts';
import {
  type ConvolutionOptions,
  checkBias,
  checkChannels,
  checkWeight,
  convolutionOptions,
} from './convolutionChecks.ts';

/**
 * One-dimensional convolution, with stride s, dilation d and p zeros in front; no filter is flipped:
 *
 * y[n, o, t] = bias[o] + Σ over k, i of weight[o, k, i]·x[n, k, t·s + i·d - p]
 *
 * It is `conv2d` of images that are one row high. As in PyTorch.
 *
 * @param x `[batch, in, length]`
 * @param weight `[out, in / groups, kernelLength]`
 * @returns `[batch, out, ⌊(length + 2p - d·(kernelLength - 1) - 1) / s⌋ + 1]`
 * @example conv1d([[[1, 2, 3, 4]]], [[[1, -1]]]) // [[[-1, -1, -1]]]
 * @throws ShapeError when channels, bias or sizes do not fit
 * @throws ValueError when an option is out of range
 */
export function conv1d(x: TensorLike, weight: TensorLike, options: ConvolutionOptions = {}, ...surplus: []): Tensor {
  checkSurplus('conv1d', surplus);
  const { groups = 1 } = checkOptions('conv1d', options, convolutionOptions);
  const inputs = operands('conv1d', { x, weight }, { bias: options.bias });
  const [shape, filters] = [inputs.x.shape, inputs.weight.shape];
  checkInput('conv1d', shape, signal);
  checkWeight('conv1d', filters, signal);
  checkChannels('conv1d', shape, filters, groups, signal);
  if (inputs.bias) checkBias('conv1d', inputs.bias.shape, filters, filters[0]);
  const window = readWindow('conv1d', filters.slice(2), signal, options);
  const [length] = outputLengths('conv1d', shape, window);
  const y = conv2d(reshape(inputs.x, [shape[0], shape[1], 1, shape[2]]), reshape(inputs.weight, asRows(filters)), {
    bias: inputs.bias,
    ...optionsOf([still, ...window]),
    groups,
  });
  return reshape(y, [shape[0], filters[0], length]);
}

function asRows([first, second, length]: readonly number[]): number[] {
  return [first, second, 1, length];
}
