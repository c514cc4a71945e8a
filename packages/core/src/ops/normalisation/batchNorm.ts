import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { divide } from '../elementwise/divide.ts';
import { sqrt } from '../elementwise/sqrt.ts';
import { subtract } from '../elementwise/subtract.ts';
import { checkChannelled, perChannel, scaleAndShift } from './perChannel.ts';
import { checkEpsilon } from './standardise.ts';

export interface BatchNormOptions {
  /** The mean of each channel, `[channels]`. */
  readonly mean: TensorLike;
  /** The variance of each channel, `[channels]`. */
  readonly variance: TensorLike;
  /** What each channel is multiplied by, `[channels]`. Default: 1. */
  readonly weight?: TensorLike | undefined;
  /** What is then added to each channel, `[channels]`. Default: 0. */
  readonly bias?: TensorLike | undefined;
  /** What is added to the variance. Default: 1e-5. */
  readonly epsilon?: number;
}

const batchNormOptions: OptionNames<BatchNormOptions> = {
  mean: 'required',
  variance: 'required',
  weight: 'optional',
  bias: 'optional',
  epsilon: 'optional',
};

/**
 * y[n, c, …] = (x[n, c, …] - mean[c]) / √(variance[c] + epsilon)·weight[c] + bias[c]: normalisation by statistics that are
 * given, as a trained model does it; `batchNormTraining` takes them from the batch. Mean and variance have gradients too.
 *
 * Source: Ioffe and Szegedy, "Batch Normalization", 2015.
 *
 * @param x `[batch, channels, ...]`
 * @returns the shape of x
 * @example batchNorm([[1, 10], [3, 30]], { mean: [2, 20], variance: [1, 100], epsilon: 0 }) // [[-1, -1], [1, 1]]
 * @throws ShapeError when x has no channels, or the numbers are not one for each channel
 * @throws ValueError when epsilon is not a number of at least 0
 */
export function batchNorm(x: TensorLike, options: BatchNormOptions, ...surplus: []): Tensor {
  checkSurplus('batchNorm', surplus);
  const { mean, variance, weight, bias, epsilon = 1e-5 } = checkOptions('batchNorm', options, batchNormOptions);
  checkEpsilon('batchNorm', epsilon);
  const inputs = operands('batchNorm', { x, mean, variance }, { weight, bias });
  const { shape } = inputs.x;
  checkChannelled('batchNorm', shape);
  const each = (name: string, numbers: Tensor): Tensor => perChannel('batchNorm', name, numbers, shape);
  const deviation = sqrt(add(each('variance', inputs.variance), epsilon));
  // x comes first, so that a weight and a bias that are parameters meet the tape that x is on.
  const y = divide(subtract(inputs.x, each('mean', inputs.mean)), deviation);
  const [scale, shift] = [inputs.weight && each('weight', inputs.weight), inputs.bias && each('bias', inputs.bias)];
  return scaleAndShift(y, scale, shift);
}
