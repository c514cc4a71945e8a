import { conv3d } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import { ConvolutionLayer, type ConvolutionLayerOptions, convolutionLayerOptions } from './convolutionLayer.ts';

/**
 * A three-dimensional convolution with weights of its own: `[batch, in, depth, height, width]` to `[batch, out, …]`; see
 * `conv3d` for the formula and the options. Parameters: weight `[out, in / groups, kernelDepth, kernelHeight, kernelWidth]`,
 * bias `[out]`.
 */
export class Conv3d extends ConvolutionLayer {
  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor(options: ConvolutionLayerOptions, ...surplus: []) {
    checkSurplus('Conv3d', surplus);
    super(
      { type: 'Conv3d', axes: ['depth', 'height', 'width'], op: conv3d, options: convolutionLayerOptions },
      options,
    );
  }
}
