import { convTranspose1d } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import { ConvolutionLayer, type TransposedLayerOptions } from './convolutionLayer.ts';
import { transposedLayerOptions } from './transposedLayerOptions.ts';

/**
 * A transposed convolution of signals with weights of its own: `[batch, in, length]` to `[batch, out, …]`; see
 * `convTranspose1d` for the formula and the options. Parameters: weight `[in, out / groups, kernelLength]`, bias `[out]`.
 */
export class ConvTranspose1d extends ConvolutionLayer<TransposedLayerOptions> {
  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor(options: TransposedLayerOptions, ...surplus: []) {
    checkSurplus('ConvTranspose1d', surplus);
    super(
      {
        type: 'ConvTranspose1d',
        axes: ['length'],
        op: convTranspose1d,
        options: transposedLayerOptions,
        isTransposed: true,
      },
      options,
    );
  }
}
