import type { ConvolutionSizes } from '../../kernels/patches.ts';
import type { Shape } from '../../tensor/shape.ts';
import { checkInput, image } from '../windows/axes.ts';
import { outputLengths } from '../windows/outputLengths.ts';
import { readWindow, type WindowOptions } from '../windows/window.ts';
import { checkChannels, checkWeight } from './convolutionChecks.ts';

/** All sizes of a convolution of x `[batch, in, height, width]` by a weight `[out, in / groups, height, width]`, checked. */
export function convolutionSizes(x: Shape, weight: Shape, groups: number, options: WindowOptions): ConvolutionSizes {
  checkInput('conv2d', x, image);
  checkWeight('conv2d', weight, image);
  const [batch, inChannels, height, width] = x;
  const [outChannels, perGroup, kernelHeight, kernelWidth] = weight;
  checkChannels('conv2d', x, weight, groups, image);
  const window = readWindow('conv2d', [kernelHeight, kernelWidth], image, options);
  const [vertical, horizontal] = window;
  const [outHeight, outWidth] = outputLengths('conv2d', x, window);
  return [
    batch,
    inChannels,
    height,
    width,
    outChannels,
    outHeight,
    outWidth,
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
