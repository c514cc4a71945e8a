import type { OptionNames } from '@tapegrad/core/authors';
import { type TransposedLayerOptions, zeroPaddedLayerOptions } from './convolutionLayer.ts';

export const transposedLayerOptions: OptionNames<TransposedLayerOptions> = {
  ...zeroPaddedLayerOptions,
  outputPadding: 'optional',
  outputSize: 'optional',
};
