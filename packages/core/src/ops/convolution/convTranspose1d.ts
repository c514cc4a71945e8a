import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';
import { spatialAxes } from '../windows/spatialAxes.ts';
import type { Conv1dOptions } from './conv1d.ts';
import { checkBias, checkInput } from './convolutionChecks.ts';
import { convTranspose2d } from './convTranspose2d.ts';
import { checkTransposedWeight, shortestLength, transposedLengths } from './transposedSizes.ts';

/** Stride, padding and dilation are those of the convolution that is transposed: its padding is cut off here. */
export interface ConvTranspose1dOptions extends Conv1dOptions {
  /** How much longer the output is at its end than the shortest possible, less than stride or dilation. Default: 0. */
  readonly outputPadding?: number;
  /** The length of the output, instead of the output padding that leads to it. */
  readonly outputSize?: number;
}

const axes = ['length'] as const;

/**
 * Transposed convolution of signals: every number of x stamps the filter, times itself, onto the output, s apart and p
 * cut off in front; what overlaps is added:
 *
 * y[n, o, t·s + i·d - p] = bias[o] + Σ over k, t, i that meet there of weight[k, o, i]·x[n, k, t]
 *
 * It is `convTranspose2d` of images that are one row high. As in PyTorch.
 *
 * @param x `[batch, in, length]`
 * @param weight `[in, out / groups, kernelLength]`
 * @returns `[batch, out, (length - 1)·s - 2p + d·(kernelLength - 1) + 1 + outputPadding]`
 * @throws ShapeError when channels, bias or sizes do not fit; for an output size that cannot be, with those that can
 * @throws ValueError when an option is out of range
 */
export function convTranspose1d(x: TensorLike, weight: TensorLike, options: ConvTranspose1dOptions = {}): Tensor {
  const { groups = 1 } = options;
  const inputs = operands('convTranspose1d', { x, weight, bias: options.bias });
  checkInput('convTranspose1d', inputs.x.shape, axes);
  const outChannels = checkTransposedWeight('convTranspose1d', inputs.x.shape, inputs.weight.shape, groups, axes);
  if (inputs.bias) checkBias('convTranspose1d', inputs.bias.shape, inputs.weight.shape, outChannels);
  const [batch, inChannels, length] = inputs.x.shape;
  const [, perGroup, kernel] = inputs.weight.shape;
  const [along] = spatialAxes('convTranspose1d', [kernel], axes, options);
  const [outLength] = transposedLengths('convTranspose1d', [length], [along], axes, options);
  const y = convTranspose2d(
    reshape(inputs.x, [batch, inChannels, 1, length]),
    reshape(inputs.weight, [inChannels, perGroup, 1, kernel]),
    {
      bias: inputs.bias,
      stride: [1, along.stride],
      padding: [
        [0, 0],
        [along.before, along.after],
      ],
      dilation: [1, along.dilation],
      groups,
      outputPadding: [0, outLength - shortestLength(length, along)],
    },
  );
  return reshape(y, [batch, outChannels, outLength]);
}
