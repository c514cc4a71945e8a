import { square, subtract, type Tensor, type TensorLike } from '@tapegrad/core';
import { checkOptions, checkSurplus } from '@tapegrad/core/authors';
import { type LossOptions, lossOptions, reduceWeighed } from './lossOptions.ts';
import { readSides } from './oneShape.ts';

/**
 * Squared error (L2 loss): loss = (prediction - target)², by default its mean over all elements. Slope 2·(prediction -
 * target): the pull grows with the distance, so outliers pull hardest.
 *
 * Source: Legendre, "Nouvelles méthodes pour la détermination des orbites des comètes", 1805.
 *
 * @example mseLoss([1, 4], [1, 2]) // 2
 * @throws ShapeError when the shapes differ
 */
export function mseLoss(prediction: TensorLike, target: TensorLike, options: LossOptions = {}, ...surplus: []): Tensor {
  checkSurplus('mseLoss', surplus);
  checkOptions('mseLoss', options, lossOptions);
  const sides = readSides('mseLoss', prediction, target);
  return reduceWeighed('mseLoss', square(subtract(sides.prediction, sides.target)), options);
}
