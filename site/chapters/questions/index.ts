import type { Chapter } from '../model.ts';
import { aboutBackpropagation } from './backpropagation.ts';
import { aboutClassification } from './classification.ts';
import { aboutConvolution } from './convolution.ts';
import { aboutDivergence } from './divergence.ts';
import { aboutLayers } from './layers.ts';
import { aboutRegression } from './regression.ts';
import { aboutSoftmaxLoss } from './softmaxLoss.ts';

/** The pages of questions, in their order: each piece answers one. */
export const questions: readonly Chapter[] = [
  aboutSoftmaxLoss,
  aboutClassification,
  aboutDivergence,
  aboutRegression,
  aboutConvolution,
  aboutLayers,
  aboutBackpropagation,
];
