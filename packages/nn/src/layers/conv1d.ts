import { conv1d } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import { ConvolutionLayer, type ConvolutionLayerOptions, convolutionLayerOptions } from './convolutionLayer.ts';

/**
 * A one-dimensional convolution with weights of its own: `[batch, in, length]` to `[batch, out, …]`; see `conv1d` for the
 * formula and the options. Parameters: weight `[out, in / groups, kernelLength]`, bias `[out]`.
 */
export class Conv1d extends ConvolutionLayer {
  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor(options: ConvolutionLayerOptions, ...surplus: []) {
    checkSurplus('Conv1d', surplus);
    super({ type: 'Conv1d', axes: ['length'], op: conv1d, options: convolutionLayerOptions }, options);
  }
}
