import { type PatternTable, tableOf } from '../tape/pattern.ts';
import { convolutionRelu } from './convolutionRelu.ts';
import { normalisedAsGiven } from './givenStatistics.ts';
import { normalised } from './normalisation.ts';
import { normalisedInputGradient, normalisedScaleGradient, normalisedShiftGradient } from './normalisationGradients.ts';
import { pooledBiasGradient, pooledFilterGradient, pooledInputGradient } from './pooledConvolutionGradients.ts';
import { reluMaxPool } from './reluMaxPool.ts';
import { reluMaxPoolGradient } from './reluMaxPoolGradient.ts';

/** All that is computed together, in the order in which the tape tries them. */
export const patterns: PatternTable = /* @__PURE__ */ tableOf([
  convolutionRelu,
  ...normalised,
  ...normalisedAsGiven,
  normalisedInputGradient,
  normalisedScaleGradient,
  normalisedShiftGradient,
  reluMaxPool,
  reluMaxPoolGradient,
  pooledFilterGradient,
  pooledInputGradient,
  pooledBiasGradient,
]);
