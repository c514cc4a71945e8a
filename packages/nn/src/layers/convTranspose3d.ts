import { convTranspose3d } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import { ConvolutionLayer, type TransposedLayerOptions } from './convolutionLayer.ts';
import { transposedLayerOptions } from './transposedLayerOptions.ts';

/**
 * A transposed convolution of volumes with weights of its own: `[batch, in, depth, height, width]` to `[batch, out, …]`;
 * see `convTranspose3d` for the formula and the options. Parameters: weight
 * `[in, out / groups, kernelDepth, kernelHeight, kernelWidth]`, bias `[out]`.
 */
export class ConvTranspose3d extends ConvolutionLayer<TransposedLayerOptions> {
  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor(options: TransposedLayerOptions, ...surplus: []) {
    checkSurplus('ConvTranspose3d', surplus);
    super(
      {
        type: 'ConvTranspose3d',
        axes: ['depth', 'height', 'width'],
        op: convTranspose3d,
        options: transposedLayerOptions,
        isTransposed: true,
      },
      options,
    );
  }
}
