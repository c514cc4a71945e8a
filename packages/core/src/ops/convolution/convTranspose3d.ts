import type { ConvolutionSizes } from '../../kernels/patches.ts';
import type { SliceSizes } from '../../kernels/slices.ts';
import { type FormulaTable, transposedConvolution } from '../../notation/index.ts';
import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { reshape } from '../shape/reshape.ts';
import { checkInput, volume } from '../windows/axes.ts';
import { readWindow } from '../windows/window.ts';
import { checkBias } from './convolutionChecks.ts';
import {
  checkTransposedWeight,
  type TransposedConvolutionOptions,
  transposedConvolutionOptions,
  transposedLengths,
} from './transposedSizes.ts';
import { convolve, filterGradient, transposeVolumes, type VolumeSizes } from './volumeGradients.ts';

/**
 * Transposed convolution of volumes: every number of x adds the filter, times itself, to the output. The filters of
 * neighbours begin s apart, the first p numbers are cut off, and what overlaps is added. Along each axis i of x, step h of the filter lands at i·s + h·d - p:
 *
 * y[n, o, …i·s + h·d - p…] = bias[o] + Σ over k, i, h that meet there of weight[k, o, …h…]·x[n, k, …i…]
 *
 * It is the input gradient of `conv3d`, and its derivatives are the other two of those three ops. As in PyTorch.
 *
 * @param x `[batch, in, depth, height, width]`
 * @param weight `[in, out / groups, kernelDepth, kernelHeight, kernelWidth]`
 * @returns `[batch, out, (depth - 1)·s - 2p + d·(kernelDepth - 1) + 1 + outputPadding, and likewise height and width]`
 * @example convTranspose3d(ones([1, 1, 1, 1, 2]), ones([1, 1, 1, 1, 2])) // [[[[[1, 2, 1]]]]]
 * @throws ShapeError when channels, bias or sizes do not fit; for an output size that cannot be, with those that can
 * @throws ValueError when an option is out of range
 */
export function convTranspose3d(
  x: TensorLike,
  weight: TensorLike,
  options: TransposedConvolutionOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('convTranspose3d', surplus);
  const {
    stride = 1,
    padding = 0,
    dilation = 1,
    groups = 1,
  } = checkOptions('convTranspose3d', options, transposedConvolutionOptions);
  const inputs = operands('convTranspose3d', { x, weight }, { bias: options.bias });
  const [shape, filters] = [inputs.x.shape, inputs.weight.shape];
  checkInput('convTranspose3d', shape, volume);
  const outChannels = checkTransposedWeight('convTranspose3d', shape, filters, groups, volume);
  if (inputs.bias) checkBias('convTranspose3d', inputs.bias.shape, filters, outChannels);
  const [batch, inChannels, depth, height, width] = shape;
  const [, perGroup, kernelDepth, kernelHeight, kernelWidth] = filters;
  const window = readWindow('convTranspose3d', filters.slice(2), volume, options);
  const [outDepth, outHeight, outWidth] = transposedLengths('convTranspose3d', shape, window, options);
  const [deep, vertical, horizontal] = window;
  // Those of the convolution that leads the other way, from what comes out here to what goes in.
  const slices: SliceSizes = [
    ...([batch, outChannels, outDepth, outHeight * outWidth, depth, kernelDepth] as const),
    ...([deep.stride, deep.before, deep.dilation] as const),
  ];
  const images: ConvolutionSizes = [
    ...([batch * depth, outChannels * kernelDepth, outHeight, outWidth, inChannels, height, width] as const),
    ...([kernelHeight, kernelWidth, vertical.stride, horizontal.stride, vertical.before, horizontal.before] as const),
    ...([vertical.dilation, horizontal.dilation, perGroup === 0 ? 1 : groups] as const),
  ];
  const sizes: VolumeSizes = { slices, images };
  const y = record({
    operation: 'convTranspose3d',
    inputs: { x: inputs.x, weight: inputs.weight },
    attributes: { stride, padding, dilation, groups, outputSize: [outDepth, outHeight, outWidth] },
    shape: [batch, outChannels, outDepth, outHeight, outWidth],
    value: (y, memory) => transposeVolumes(inputs.x, inputs.weight, sizes, y, memory),
    vjps: {
      x: (g) => convolve({ x: g, weight: inputs.weight }, shape, sizes),
      weight: (g) => filterGradient(g, inputs.x, filters, sizes),
    },
  });
  return inputs.bias ? add(y, reshape(inputs.bias, [outChannels, 1, 1, 1])) : y;
}

/** How a reader is shown it. */
export const formulas: FormulaTable = { convTranspose3d: () => transposedConvolution(3) };
