import { checkOptions } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { pad } from '../shape/pad.ts';
import { reshape } from '../shape/reshape.ts';
import { slice } from '../shape/slice.ts';
import { transpose } from '../shape/transpose.ts';
import { checkInput, volume } from '../windows/axes.ts';
import { outputLengths } from '../windows/outputLengths.ts';
import { optionsOf, readWindow } from '../windows/window.ts';
import { conv2d } from './conv2d.ts';
import {
  type ConvolutionOptions,
  checkBias,
  checkChannels,
  checkWeight,
  convolutionOptions,
} from './convolutionChecks.ts';

const none = [0, 0] as const;

/**
 * Three-dimensional convolution; no filter is flipped. Along each axis, with stride s, dilation d and p zeros in front,
 *
 * y[n, o, z, r, c] = bias[o] + Σ over k, h, i, j of weight[o, k, h, i, j]·x[n, k, z·s + h·d - p, r·s + i·d - p, c·s + j·d - p]
 *
 * The sum over h is taken outside: layer h of every filter meets every slice of the volumes that it moves over, as
 * `conv2d` of a batch of slices. The derivatives of all orders are those of `conv2d`, `slice` and `add`.
 *
 * @param x `[batch, in, depth, height, width]`
 * @param weight `[out, in / groups, kernelDepth, kernelHeight, kernelWidth]`
 * @returns `[batch, out, ⌊(depth + 2p - d·(kernelDepth - 1) - 1) / s⌋ + 1, and likewise height and width]`
 * @throws ShapeError when channels, bias or sizes do not fit
 * @throws ValueError when an option is out of range
 */
export function conv3d(x: TensorLike, weight: TensorLike, options: ConvolutionOptions = {}): Tensor {
  const { groups = 1 } = checkOptions('conv3d', options, convolutionOptions);
  const inputs = operands('conv3d', { x, weight, bias: options.bias });
  const [shape, filters] = [inputs.x.shape, inputs.weight.shape];
  checkInput('conv3d', shape, volume);
  checkWeight('conv3d', filters, volume);
  checkChannels('conv3d', shape, filters, groups, volume);
  if (inputs.bias) checkBias('conv3d', inputs.bias.shape, filters, filters[0]);
  const window = readWindow('conv3d', filters.slice(2), volume, options);
  const [outDepth, outHeight, outWidth] = outputLengths('conv3d', shape, window);
  const [deep, ...inSlice] = window;

  const [batch, channels, , height, width] = shape;
  const [outChannels, perGroup, , kernelHeight, kernelWidth] = filters;
  // Depth first, so that the slices that one layer of the filters meets lie together.
  const volumes = pad(transpose(inputs.x, [2, 0, 1, 3, 4]), [[deep.before, deep.after], none, none, none, none]);
  const layers = Array.from({ length: deep.kernel }, (_, layer) => {
    const first = layer * deep.dilation;
    const slices = slice(volumes, [[first, first + (outDepth - 1) * deep.stride + 1, deep.stride]]);
    const filter = slice(inputs.weight, [null, null, [layer, layer + 1]]);
    return conv2d(
      reshape(slices, [outDepth * batch, channels, height, width]),
      reshape(filter, [outChannels, perGroup, kernelHeight, kernelWidth]),
      { ...optionsOf(inSlice), groups, bias: layer === 0 ? inputs.bias : undefined },
    );
  });
  const y = layers.reduce((total, layer) => add(total, layer));
  return transpose(reshape(y, [outDepth, batch, outChannels, outHeight, outWidth]), [1, 2, 0, 3, 4]);
}
