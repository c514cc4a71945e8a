import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';
import { spatialAxes } from '../windows/spatialAxes.ts';
import { outputLength } from '../windows/windows.ts';
import { conv2d } from './conv2d.ts';
import { checkBias, checkChannels, checkInput, checkWeight } from './convolutionChecks.ts';

export interface Conv1dOptions {
  /** One number for each output channel, `[out]`. Default: none. */
  readonly bias?: TensorLike;
  /** How far the filter moves from one output to the next. Default: 1. */
  readonly stride?: number;
  /** Zeros at both ends, or `[before, after]`; `valid` is none, `same` keeps the length. Default: 0. */
  readonly padding?: number | readonly [before: number, after: number] | 'same' | 'valid';
  /** The distance between neighbouring numbers under the filter. Default: 1. */
  readonly dilation?: number;
  /** How many parts the channels are cut into, each convolved by itself. Default: 1; as many as channels is depthwise. */
  readonly groups?: number;
}

const axes = ['length'] as const;

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
 * @throws ShapeError when channels, bias or sizes do not fit
 * @throws ValueError when an option is out of range
 */
export function conv1d(x: TensorLike, weight: TensorLike, options: Conv1dOptions = {}): Tensor {
  const { groups = 1 } = options;
  const inputs = operands('conv1d', { x, weight, bias: options.bias });
  const [shape, filters] = [inputs.x.shape, inputs.weight.shape];
  checkInput('conv1d', shape, axes);
  checkWeight('conv1d', filters, axes);
  checkChannels('conv1d', shape, filters, groups, axes);
  if (inputs.bias) checkBias('conv1d', inputs.bias.shape, filters, filters[0]);
  const [along] = spatialAxes('conv1d', [filters[2]], axes, options);
  const length = outputLength('conv1d', shape[2], along, axes[0]);
  const y = conv2d(reshape(inputs.x, [shape[0], shape[1], 1, shape[2]]), reshape(inputs.weight, asRows(filters)), {
    bias: inputs.bias,
    stride: [1, along.stride],
    padding: [
      [0, 0],
      [along.before, along.after],
    ],
    dilation: [1, along.dilation],
    groups,
  });
  return reshape(y, [shape[0], filters[0], length]);
}

function asRows([first, second, length]: readonly number[]): number[] {
  return [first, second, 1, length];
}
