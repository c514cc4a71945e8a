import { abs, subtract, type Tensor, type TensorLike } from '@tapegrad/core';
import { checkOptions, checkSurplus } from '@tapegrad/core/authors';
import { type LossOptions, lossOptions, reduceWeighed } from './lossOptions.ts';
import { readSides } from './oneShape.ts';

/**
 * Absolute error (L1 loss): loss = |prediction - target|, by default its mean over all elements. Slope ±1 whatever the
 * distance, and 0 at 0, as in PyTorch: outliers pull no harder than anything else.
 *
 * Source: Edgeworth, "On observations relating to several quantities", 1887.
 *
 * @example l1Loss([1, 4], [1, 2]) // 1
 * @throws ShapeError when the shapes differ
 */
export function l1Loss(prediction: TensorLike, target: TensorLike, options: LossOptions = {}, ...surplus: []): Tensor {
  checkSurplus('l1Loss', surplus);
  checkOptions('l1Loss', options, lossOptions);
  const sides = readSides('l1Loss', prediction, target);
  return reduceWeighed('l1Loss', abs(subtract(sides.prediction, sides.target)), options);
}
