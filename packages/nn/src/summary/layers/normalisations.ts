import { scalingCost, standardisationCost } from '../costs/cost.ts';
import { byOptions, type Describe } from './description.ts';

/** With the running statistics, where the layer is a factor and a term for each channel; those of a batch see all of it. */
const batchNorm: Describe = ({ inputShape }) => ({ window: 'position', cost: scalingCost(inputShape) });

/** The statistics see more than a position, which is not counted, as usual in the literature. */
const ownStatistics = byOptions<{ readonly affine?: boolean }>(({ affine = true }, inputShape) => ({
  window: 'position',
  cost: standardisationCost(inputShape, affine),
}));

/** Has a weight and a bias only where it is told to. */
const instanceNorm = byOptions<{ readonly affine?: boolean }>(({ affine = false }, inputShape) => ({
  window: 'position',
  cost: standardisationCost(inputShape, affine),
}));

/** Layers that bring numbers to a mean of 0 and a variance of 1. */
export const normalisations: readonly (readonly [type: string, describe: Describe])[] = [
  ['BatchNorm', batchNorm],
  ['GroupNorm', ownStatistics],
  ['InstanceNorm', instanceNorm],
  ['LayerNorm', ownStatistics],
];
