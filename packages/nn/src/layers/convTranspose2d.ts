import { convTranspose2d } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import { ConvolutionLayer, type TransposedLayerOptions } from './convolutionLayer.ts';
import { transposedLayerOptions } from './transposedLayerOptions.ts';

/**
 * A transposed convolution of images with weights of its own: `[batch, in, height, width]` to `[batch, out, …]`; see
 * `convTranspose2d` for the formula and the options. Parameters: weight `[in, out / groups, kernelHeight, kernelWidth]`,
 * bias `[out]`.
 */
export class ConvTranspose2d extends ConvolutionLayer<TransposedLayerOptions> {
  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor(options: TransposedLayerOptions, ...surplus: []) {
    checkSurplus('ConvTranspose2d', surplus);
    super(
      {
        type: 'ConvTranspose2d',
        axes: ['height', 'width'],
        op: convTranspose2d,
        options: transposedLayerOptions,
        isTransposed: true,
      },
      options,
    );
  }
}
