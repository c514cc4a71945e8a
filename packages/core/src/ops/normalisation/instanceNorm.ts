import { checkOptions, checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { batchNormTrainingOptions } from './batchNormTraining.ts';
import { type InstanceNormOptions, normaliseGroups } from './groupNorm.ts';

/**
 * y[n, c, …] = (x[n, c, …] - mean) / √(variance + epsilon)·weight[c] + bias[c], where mean and biased variance are those of
 * channel c of example n alone. It takes out the brightness and the contrast of each channel, which make up much of the style
 * of an image, and keeps where things are.
 *
 * Source: Ulyanov, Vedaldi and Lempitsky, "Instance Normalization", 2016.
 *
 * @param x `[batch, channels, ...]`
 * @returns the shape of x
 * @example instanceNorm([[[1, 3], [10, 30]]]) // [[[-1, 1], [-1, 1]]]
 * @throws ShapeError when x has no channels, or weight or bias is not one number for each
 * @throws ValueError when epsilon is not a number of at least 0
 */
export function instanceNorm(x: TensorLike, options: InstanceNormOptions = {}, ...surplus: []): Tensor {
  checkSurplus('instanceNorm', surplus);
  checkOptions('instanceNorm', options, batchNormTrainingOptions);
  return normaliseGroups('instanceNorm', x, (channels) => channels, options);
}
