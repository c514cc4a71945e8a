import { multiply, square, subtract, type Tensor, type TensorLike } from '@tapegrad/core';
import { checkOptions, checkSurplus } from '@tapegrad/core/authors';
import { type LossOptions, lossOptions, reduceWeighed } from './lossOptions.ts';
import { readSides } from './oneShape.ts';

/**
 * Half the squared error: loss = (prediction - target)²/2, by default its mean over all elements. The ½ is there for the
 * slope, which is prediction - target itself: what is believed, less what is true, as with the softmax cross-entropy.
 * Half of `mseLoss`.
 *
 * Source: Gauss, "Theoria motus corporum coelestium in sectionibus conicis solem ambientium", 1809.
 *
 * @param prediction of any shape
 * @param target of the same shape
 * @example halfSquaredLoss([1, 4], [1, 2]) // 1
 * @throws ShapeError when the shapes differ
 */
export function halfSquaredLoss(
  prediction: TensorLike,
  target: TensorLike,
  options: LossOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('halfSquaredLoss', surplus);
  checkOptions('halfSquaredLoss', options, lossOptions);
  const sides = readSides('halfSquaredLoss', prediction, target);
  const squared = square(subtract(sides.prediction, sides.target));
  return reduceWeighed('halfSquaredLoss', multiply(0.5, squared), options);
}
