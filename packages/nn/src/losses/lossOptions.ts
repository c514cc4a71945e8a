import { multiply, type Tensor, type TensorLike, tensor, where } from '@tapegrad/core';
import type { OptionNames } from '@tapegrad/core/authors';
import { readExampleWeight } from './exampleWeight.ts';
import { type Reduction, reduceLosses } from './reduce.ts';

/** What every loss takes that gives one number for each element or row. */
export interface LossOptions {
  /**
   * A factor of at least 0 for each example, `[batch]`, or for each single loss. Default: 1 for all. The mean then divides by
   * the sum of the factors, so that an example of weight 2 counts like two.
   */
  readonly exampleWeight?: TensorLike;
  /** Default: the mean. */
  readonly reduction?: Reduction;
}

export const lossOptions: OptionNames<LossOptions> = { exampleWeight: 'optional', reduction: 'optional' };

/** Reduces losses, each times the weight of its example; the mean divides by the sum of the weights. */
export function reduceWeighed(
  operation: string,
  losses: Tensor,
  { exampleWeight, reduction = 'mean' }: LossOptions,
): Tensor {
  const weights = readExampleWeight(operation, exampleWeight, losses.shape);
  if (!weights) return reduceLosses(operation, losses, reduction);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const factors = tensor(weights, { shape: losses.shape, dtype: losses.dtype });
  // What does not count may be anything, infinite too.
  return reduceLosses(operation, multiply(factors, where(factors, losses, 0)), reduction, total);
}
