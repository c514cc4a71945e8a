import {
  formatShape,
  multiply,
  operands,
  type Shape,
  type Tensor,
  type TensorLike,
  tensor,
  ValueError,
  where,
} from '@tapegrad/core';
import { type OptionNames, sameShape, sizeOf } from '@tapegrad/core/authors';
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

/**
 * One factor for each loss, as numbers; those of `[batch]` are those of all losses of their example.
 *
 * @param shape that of the losses
 * @throws ValueError when there is not one for each example or loss, or one is negative or not finite
 */
export function readExampleWeight(
  operation: string,
  exampleWeight: TensorLike | undefined,
  shape: Shape,
): Float64Array | undefined {
  if (exampleWeight === undefined) return undefined;
  const given = operands(operation, { exampleWeight }).exampleWeight;
  const numbers = given.read();
  const fits = [shape, shape.slice(0, 1)].some((wanted) => sameShape(given.shape, wanted));
  if (!fits || !numbers.every((number) => number >= 0 && number < Infinity)) {
    throw new ValueError({
      operation,
      got: `exampleWeight is ${formatShape(given.shape)}, for losses of shape ${formatShape(shape)}`,
      wanted: 'finite numbers of at least 0, one for each example or for each loss',
      remedy: 'Give 1 to examples that are not special, 0 to those that do not count',
    });
  }
  const each = sizeOf(shape) / numbers.length;
  return Float64Array.from({ length: sizeOf(shape) }, (_, at) => numbers[Math.floor(at / each)]);
}

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
