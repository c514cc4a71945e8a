import { ShapeError, ValueError } from '../errors.ts';
import type { ConvolutionSizes } from '../kernels/convolution.ts';
import { formatShape, type Shape } from '../tensor/shape.ts';
import { checkImages, outputLength, type WindowOptions, windowAxes } from './windows.ts';

/** All sizes of a convolution of x `[batch, in, height, width]` by a weight `[out, in / groups, height, width]`, checked. */
export function convolutionSizes(x: Shape, weight: Shape, groups: number, options: WindowOptions): ConvolutionSizes {
  checkImages('conv2d', x);
  if (weight.length !== 4) {
    throw new ShapeError({
      operation: 'conv2d',
      got: `weight is ${formatShape(weight)}`,
      wanted: '[out, in / groups, kernelHeight, kernelWidth]',
      remedy: 'Reshape it',
    });
  }
  const [batch, inChannels, height, width] = x;
  const [outChannels, perGroup, kernelHeight, kernelWidth] = weight;
  checkChannels(x, weight, groups);
  const [vertical, horizontal] = windowAxes('conv2d', [kernelHeight, kernelWidth], options);
  return [
    batch,
    inChannels,
    height,
    width,
    outChannels,
    outputLength('conv2d', height, vertical, 'height'),
    outputLength('conv2d', width, horizontal, 'width'),
    kernelHeight,
    kernelWidth,
    vertical.stride,
    horizontal.stride,
    vertical.before,
    horizontal.before,
    vertical.dilation,
    horizontal.dilation,
    perGroup === 0 ? 1 : groups,
  ];
}

/** Throws a ShapeError unless the bias has one number for each output channel. */
export function checkBias(bias: Shape, weight: Shape): void {
  if (bias.length === 1 && bias[0] === weight[0]) return;
  throw new ShapeError({
    operation: 'conv2d',
    got: `bias is ${formatShape(bias)}, weight is ${formatShape(weight)}`,
    wanted: `a bias of shape [${weight[0]}], one number for each output channel`,
    remedy: 'Check the order of the weight: output channels come first',
  });
}

function checkChannels(x: Shape, weight: Shape, groups: number): void {
  const [inChannels, outChannels] = [x[1], weight[0]];
  if (!Number.isSafeInteger(groups) || groups < 1 || inChannels % groups !== 0 || outChannels % groups !== 0) {
    throw new ValueError({
      operation: 'conv2d',
      got: `groups is ${groups}, with ${inChannels} input and ${outChannels} output channels`,
      wanted: 'a whole number that divides both',
      remedy: 'Use 1, or as many groups as input channels for a depthwise convolution',
    });
  }
  if (inChannels === weight[1] * groups) return;
  throw new ShapeError({
    operation: 'conv2d',
    got: `x is ${formatShape(x)} with ${inChannels} channels, weight is ${formatShape(weight)} with ${weight[1]}${
      groups > 1 ? ` for each of ${groups} groups` : ''
    }`,
    wanted: `a weight with ${inChannels / groups} channels: [out, in / groups, kernelHeight, kernelWidth]`,
    remedy: 'Check that x is [batch, channels, height, width], and the number of groups',
  });
}
