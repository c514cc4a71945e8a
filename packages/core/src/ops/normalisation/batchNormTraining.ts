import { ValueError } from '../../errors.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { formatShape } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';
import type { BatchNormOptions } from './batchNorm.ts';
import { checkChannelled, perChannel, scaleAndShift } from './perChannel.ts';
import { checkEpsilon, standardise } from './standardise.ts';

export type BatchNormTrainingOptions = Omit<BatchNormOptions, 'mean' | 'variance'>;

export const batchNormTrainingOptions: OptionNames<BatchNormTrainingOptions> = {
  weight: 'optional',
  bias: 'optional',
  epsilon: 'optional',
};

/** What came out of the normalisation of a batch, and the statistics of each of its channels, `[channels]`. */
export interface NormalisedBatch {
  /** The shape of x. */
  readonly output: Tensor;
  readonly mean: Tensor;
  /** Σ (x - mean)² / n: biased, as it was used to normalise. Times n / (n - 1) it estimates that of all there is. */
  readonly variance: Tensor;
  /** n, how many numbers went into each mean. */
  readonly count: number;
}

/**
 * y[n, c, …] = (x[n, c, …] - mean[c]) / √(variance[c] + epsilon)·weight[c] + bias[c], where mean and variance are those of
 * channel c in this batch, over all axes but that of the channels. The gradient flows through them; see `standardise`.
 *
 * Source: Ioffe and Szegedy, "Batch Normalization", 2015.
 *
 * @param x `[batch, channels, ...]`
 * @example batchNormTraining([[1, 10], [3, 30]]).output // [[-1, -1], [1, 1]]
 * @throws ShapeError when x has no channels, or weight or bias is not one number for each
 * @throws ValueError when a channel has fewer than two numbers, or epsilon is not a number of at least 0
 */
export function batchNormTraining(
  x: TensorLike,
  options: BatchNormTrainingOptions = {},
  ...surplus: []
): NormalisedBatch {
  checkSurplus('batchNormTraining', surplus);
  const { weight, bias, epsilon = 1e-5 } = checkOptions('batchNormTraining', options, batchNormTrainingOptions);
  checkEpsilon('batchNormTraining', epsilon);
  const inputs = operands('batchNormTraining', { x }, { weight, bias });
  const { shape } = inputs.x;
  checkChannelled('batchNormTraining', shape);
  const scale = inputs.weight && perChannel('batchNormTraining', 'weight', inputs.weight, shape);
  const shift = inputs.bias && perChannel('batchNormTraining', 'bias', inputs.bias, shape);
  const axes = shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  const count = axes.reduce((total, axis) => total * shape[axis], 1);
  if (count < 2) {
    throw new ValueError({
      operation: 'batchNormTraining',
      got: `x is ${formatShape(shape)}, with ${count === 0 ? 'no number' : 'one number'} in each channel`,
      wanted: 'at least two numbers in each channel, for one alone has no variance',
      remedy: 'Use larger batches, drop a last batch of one, or use `batchNorm` with given statistics',
    });
  }
  const { output, mean, variance } = standardise(inputs.x, { axes, epsilon });
  return {
    output: scaleAndShift(output, scale, shift),
    mean: reshape(mean, [shape[1]]),
    variance: reshape(variance, [shape[1]]),
    count,
  };
}
