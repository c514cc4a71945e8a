import { binaryLosses } from './binary.ts';
import { classificationLosses } from './classification.ts';
import { distributionLosses } from './distributions.ts';
import type { LossForm } from './loss.ts';
import { marginLosses } from './margins.ts';
import { pairLosses } from './pairs.ts';
import { penalties } from './penalties.ts';
import { regressionLosses } from './regression.ts';

/** The losses by family, in the order in which they are listed. */
export const families: Readonly<Record<string, readonly LossForm[]>> = {
  Classes: classificationLosses,
  'Classes with a margin': marginLosses,
  'Yes or no': binaryLosses,
  'Pairs and triplets': pairLosses,
  Regression: regressionLosses,
  Distributions: distributionLosses,
  Penalties: penalties,
};

/** Every loss of `@tapegrad/nn`. */
export const losses: readonly LossForm[] = Object.values(families).flat();
