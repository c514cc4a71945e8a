import {
  divide,
  formatShape,
  multiply,
  operands,
  ShapeError,
  sum,
  type Tensor,
  type TensorLike,
  ValueError,
} from '@tapegrad/core';
import { sameShape } from '@tapegrad/core/authors';

/** What to make of one loss for each element: their mean, their sum, or nothing. */
export type Reduction = 'mean' | 'sum' | 'none';

/** Reduces losses; the mean is their sum divided by `divisor`, by default their number, and NaN for a divisor of 0. */
export function reduceLosses(operation: string, losses: Tensor, reduction: Reduction, divisor = losses.size): Tensor {
  switch (reduction) {
    case 'none':
      return losses;
    case 'sum':
      return sum(losses);
    case 'mean':
      // 0/0: where all weights are 0 there is no mean, also where label smoothing has left something in the sum.
      return divisor === 0 ? multiply(sum(losses), Number.NaN) : divide(sum(losses), divisor);
    default:
      throw new ValueError({
        operation,
        got: `reduction is '${reduction}'`,
        wanted: "'mean', 'sum' or 'none'",
        remedy: "Leave it out for 'mean'",
      });
  }
}

/**
 * The two sides of a regression loss. They must have one shape: broadcasting `[n]` against `[n, 1]` would compare every
 * pair, which is hardly ever meant.
 *
 * @throws ShapeError when the shapes differ
 */
export function sameShapes(
  operation: string,
  prediction: TensorLike,
  target: TensorLike,
): { prediction: Tensor; target: Tensor } {
  const sides = operands(operation, { prediction, target });
  if (sameShape(sides.prediction.shape, sides.target.shape)) return sides;
  throw new ShapeError({
    operation,
    got: `prediction is ${formatShape(sides.prediction.shape)}, target is ${formatShape(sides.target.shape)}`,
    wanted: 'one shape for both',
    remedy: `Reshape one of them, for example \`reshape(target, ${formatShape(sides.prediction.shape)})\`; broadcasting would compare every pair`,
  });
}
