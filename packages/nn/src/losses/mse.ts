import { square, subtract, type Tensor, type TensorLike } from '@tapegrad/core';
import { type Reduction, reduceLosses, sameShapes } from './reduce.ts';

/**
 * Squared error (L2 loss): loss = (prediction - target)², by default its mean over all elements. Slope 2·(prediction -
 * target): the pull grows with the distance, so outliers pull hardest.
 *
 * @throws ShapeError when the shapes differ
 */
export function mseLoss(
  prediction: TensorLike,
  target: TensorLike,
  { reduction = 'mean' }: { readonly reduction?: Reduction } = {},
): Tensor {
  const sides = sameShapes('mseLoss', prediction, target);
  return reduceLosses('mseLoss', square(subtract(sides.prediction, sides.target)), reduction);
}
