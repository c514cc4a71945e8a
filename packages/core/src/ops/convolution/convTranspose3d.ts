import { checkOptions } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { reshape } from '../shape/reshape.ts';
import { embed, slice } from '../shape/slice.ts';
import { transpose } from '../shape/transpose.ts';
import { checkInput, volume } from '../windows/axes.ts';
import { optionsOf, readWindow } from '../windows/window.ts';
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
 * Transposed convolution of volumes: every number of x stamps the filter, times itself, onto the output, s apart and p cut
 * off in front; what overlaps is added. Along each axis i of x, step h of the filter lands at i·s + h·d - p:
 *
 * y[n, o, …i·s + h·d - p…] = bias[o] + Σ over k, i, h that meet there of weight[k, o, …h…]·x[n, k, …i…]
 *
 * Each layer of the filter stamps slices, by `convTranspose2d`, which are put s apart and added. As in PyTorch.
 *
 * @param x `[batch, in, depth, height, width]`
 * @param weight `[in, out / groups, kernelDepth, kernelHeight, kernelWidth]`
 * @returns `[batch, out, (depth - 1)·s - 2p + d·(kernelDepth - 1) + 1 + outputPadding, and likewise height and width]`
 * @throws ShapeError when channels, bias or sizes do not fit; for an output size that cannot be, with those that can
 * @throws ValueError when an option is out of range
 */
export function convTranspose3d(x: TensorLike, weight: TensorLike, options: TransposedConvolutionOptions = {}): Tensor {
  const { groups = 1 } = checkOptions('convTranspose3d', options, transposedConvolutionOptions);
  const inputs = operands('convTranspose3d', { x, weight, bias: options.bias });
  const [shape, filters] = [inputs.x.shape, inputs.weight.shape];
  checkInput('convTranspose3d', shape, volume);
  const outChannels = checkTransposedWeight('convTranspose3d', shape, filters, groups, volume);
  if (inputs.bias) checkBias('convTranspose3d', inputs.bias.shape, filters, outChannels);
  const [batch, inChannels, ...lengths] = shape;
  const [, perGroup, , kernelHeight, kernelWidth] = filters;
  const window = readWindow('convTranspose3d', filters.slice(2), volume, options);
  const outLengths = transposedLengths('convTranspose3d', shape, window, options);
  const [deep, ...inSlice] = window;
  const [, ...outputPadding] = outLengths.map((length, at) => length - shortestLength(lengths[at], window[at]));
  const [depth, height, width] = lengths;
  const [outDepth, outHeight, outWidth] = outLengths;

  const slices = reshape(transpose(inputs.x, [2, 0, 1, 3, 4]), [depth * batch, inChannels, height, width]);
  // With the padding that is cut off afterwards.
  const whole = { shape: [deep.before + outDepth + deep.after, batch, outChannels, outHeight, outWidth] };
  const layers = Array.from({ length: deep.kernel }, (_, layer) => {
    const filter = slice(inputs.weight, [null, null, [layer, layer + 1]]);
    const stamped = convTranspose2d(slices, reshape(filter, [inChannels, perGroup, kernelHeight, kernelWidth]), {
      ...optionsOf(inSlice),
      groups,
      outputPadding,
    });
    const starts = [layer * deep.dilation, 0, 0, 0, 0];
    const steps = [deep.stride, 1, 1, 1, 1];
    return embed(reshape(stamped, [depth, batch, outChannels, outHeight, outWidth]), { ...whole, starts, steps }, 0);
  });
  const sum = layers.reduce((total, layer) => add(total, layer));
  const y = transpose(slice(sum, [[deep.before, deep.before + outDepth]]), [1, 2, 0, 3, 4]);
  return inputs.bias ? add(y, reshape(inputs.bias, [outChannels, 1, 1, 1])) : y;
}
