import { formatShape, ShapeError, Tensor, type TensorLike, tensor } from '@tapegrad/core';
import { checkSurplus, checkTensorLike, sameShape } from '@tapegrad/core/authors';

/**
 * The mean of |prediction - target| over all numbers; NaN for none.
 *
 * @param predictions any shape
 * @param targets the same shape
 * @throws ShapeError when the shapes differ
 * @example meanAbsoluteError([1, 2, 3], [2, 2, 5]) // 1
 */
export function meanAbsoluteError(predictions: TensorLike, targets: TensorLike, ...surplus: []): number {
  checkSurplus('meanAbsoluteError', surplus);
  const [predicted, wanted] = readSides('meanAbsoluteError', predictions, targets);
  return predicted.reduce((total, number, at) => total + Math.abs(number - wanted[at]), 0) / predicted.length;
}

/**
 * R² = 1 - Σ(target - prediction)² / Σ(target - mean of targets)², which share of the targets' variance is explained: 1 is
 * perfect, 0 is what the mean of the targets would reach, and below that is worse. Where all targets are equal it is 1 if all
 * are met and 0 otherwise, as in scikit-learn.
 *
 * @param predictions any shape
 * @param targets the same shape
 * @throws ShapeError when the shapes differ
 * @example rSquared([1, 2, 4], [1, 2, 3]) // 0.5
 */
export function rSquared(predictions: TensorLike, targets: TensorLike, ...surplus: []): number {
  checkSurplus('rSquared', surplus);
  const [predicted, wanted] = readSides('rSquared', predictions, targets);
  const mean = wanted.reduce((total, number) => total + number, 0) / wanted.length;
  const left = wanted.reduce((total, number, at) => total + (number - predicted[at]) ** 2, 0);
  const whole = wanted.reduce((total, number) => total + (number - mean) ** 2, 0);
  if (whole === 0) return left === 0 ? 1 : 0;
  return 1 - left / whole;
}

/**
 * The numbers of predictions and of targets.
 *
 * @throws ShapeError when their shapes differ
 */
export function readSides(
  operation: string,
  predictions: TensorLike,
  targets: TensorLike,
): readonly (readonly number[])[] {
  const [predicted, wanted] = Object.entries({ predictions, targets }).map(([name, x]) => {
    checkTensorLike(operation, name, x);
    return x instanceof Tensor ? x : tensor(x, { dtype: 'float64' });
  });
  if (sameShape(predicted.shape, wanted.shape)) return [predicted, wanted].map((x) => Array.from(x.read()));
  throw new ShapeError({
    operation,
    got: `predictions are ${formatShape(predicted.shape)}, targets are ${formatShape(wanted.shape)}`,
    wanted: 'two of the same shape',
    remedy: 'Reshape one of them: [batch, 1] beside [batch] would compare each with each',
  });
}
