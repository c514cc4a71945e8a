import type { ConvolutionSizes } from '../../kernels/convolution.ts';
import type { Shape } from '../../tensor/shape.ts';
import { checkImages, outputLength, type WindowOptions, windowAxes } from '../windows/windows.ts';
import { checkChannels, checkWeight } from './convolutionChecks.ts';

const axes = ['height', 'width'] as const;

/** All sizes of a convolution of x `[batch, in, height, width]` by a weight `[out, in / groups, height, width]`, checked. */
export function convolutionSizes(x: Shape, weight: Shape, groups: number, options: WindowOptions): ConvolutionSizes {
  checkImages('conv2d', x);
  checkWeight('conv2d', weight, axes);
  const [batch, inChannels, height, width] = x;
  const [outChannels, perGroup, kernelHeight, kernelWidth] = weight;
  checkChannels('conv2d', x, weight, groups, axes);
  const [vertical, horizontal] = windowAxes('conv2d', [kernelHeight, kernelWidth], options);
  return [
    batch,
    inChannels,
    height,
    width,
    outChannels,
    outputLength('conv2d', height, vertical, axes[0]),
    outputLength('conv2d', width, horizontal, axes[1]),
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
