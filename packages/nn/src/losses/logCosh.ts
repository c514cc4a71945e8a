import { logCosh, subtract, type Tensor, type TensorLike } from '@tapegrad/core';
import { checkOptions, checkSurplus } from '@tapegrad/core/authors';
import { type LossOptions, lossOptions, reduceWeighed } from './lossOptions.ts';
import { readSides } from './oneShape.ts';

/**
 * Log-cosh loss: loss = ln cosh d with d = prediction - target, by default its mean over all elements. About d²/2 near the
 * target and |d| - ln 2 far from it, like Huber's loss, but without a seam: it has all its derivatives everywhere.
 *
 * Slope tanh d, which never pulls harder than 1; curvature 1 - tanh² d.
 *
 * Source: Green, "Bayesian reconstructions from emission tomography data using a modified EM algorithm", 1990.
 *
 * @param prediction of any shape
 * @param target of the same shape
 * @example logCoshLoss([1, 4], [1, 2]) // 0.6625
 * @throws ShapeError when the shapes differ
 */
export function logCoshLoss(
  prediction: TensorLike,
  target: TensorLike,
  options: LossOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('logCoshLoss', surplus);
  checkOptions('logCoshLoss', options, lossOptions);
  const sides = readSides('logCoshLoss', prediction, target);
  return reduceWeighed('logCoshLoss', logCosh(subtract(sides.prediction, sides.target)), options);
}
