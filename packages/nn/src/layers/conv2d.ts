import { conv2d } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import { ConvolutionLayer, type ConvolutionLayerOptions, convolutionLayerOptions } from './convolutionLayer.ts';

/**
 * A two-dimensional convolution with weights of its own: `[batch, in, height, width]` to `[batch, out, …]`; see `conv2d`
 * for the formula and the options. Parameters: weight `[out, in / groups, kernelHeight, kernelWidth]`, bias `[out]`.
 */
export class Conv2d extends ConvolutionLayer {
  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor(options: ConvolutionLayerOptions, ...surplus: []) {
    checkSurplus('Conv2d', surplus);
    super({ type: 'Conv2d', axes: ['height', 'width'], op: conv2d, options: convolutionLayerOptions }, options);
  }
}
