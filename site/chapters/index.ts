import { backpropagation } from './backpropagation.ts';
import { batchNormGradient } from './batchNormGradient.ts';
import { convolution } from './convolution.ts';
import { convolutionGradients } from './convolutionGradients.ts';
import { dense } from './dense.ts';
import { depth } from './depth.ts';
import { descent } from './descent.ts';
import { entropy } from './entropy.ts';
import { hinge } from './hinge.ts';
import { kin } from './kin.ts';
import type { Chapter } from './model.ts';
import { normalisation } from './normalisation.ts';
import { pooling } from './pooling.ts';
import { regression } from './regression.ts';
import { softmax } from './softmax.ts';
import { softmaxLoss } from './softmaxLoss.ts';
import { tape } from './tape.ts';
import { temperature } from './temperature.ts';

/** The chapters of the book, in their order. */
export const chapters: readonly Chapter[] = [
  dense,
  softmax,
  softmaxLoss,
  entropy,
  regression,
  hinge,
  temperature,
  descent,
  backpropagation,
  convolution,
  convolutionGradients,
  kin,
  pooling,
  normalisation,
  batchNormGradient,
  depth,
  tape,
];
