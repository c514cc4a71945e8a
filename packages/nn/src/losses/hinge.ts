import { multiply, relu, subtract, type Tensor, type TensorLike, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus } from '@tapegrad/core/authors';
import { type LossOptions, lossOptions, reduceWeighed } from './lossOptions.ts';
import { readSides } from './oneShape.ts';

/**
 * Hinge loss: loss = max(0, 1 - target·prediction), for targets of ±1; by default its mean over all elements. The
 * prediction should not only have the sign of the target, but lie at least 1 on its side of 0: the support vector
 * machine's margin. Beyond it nothing costs and nothing pulls.
 *
 * Slope by the prediction: -target where target·prediction < 1, else 0. At the kink, where it is 1 exactly, it is 0, as
 * in PyTorch's relu. For more than two classes see `multiMarginLoss`.
 *
 * Source: Cortes and Vapnik, "Support-vector networks", 1995.
 *
 * @param prediction of any shape
 * @param target of the same shape, each 1 or -1
 * @example hingeLoss([0.5, -2], [1, -1]) // 0.25
 * @throws ShapeError when the shapes differ
 * @throws ValueError when a target is neither 1 nor -1
 */
export function hingeLoss(
  prediction: TensorLike,
  target: TensorLike,
  options: LossOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('hingeLoss', surplus);
  checkOptions('hingeLoss', options, lossOptions);
  const sides = readSides('hingeLoss', prediction, target);
  checkSigns('hingeLoss', sides.target);
  return reduceWeighed('hingeLoss', relu(subtract(1, multiply(sides.target, sides.prediction))), options);
}

function checkSigns(operation: string, target: Tensor): void {
  const numbers = target.read();
  const wrong = numbers.findIndex((number) => Math.abs(number) !== 1);
  if (wrong === -1) return;
  throw new ValueError({
    operation,
    got: `target[${wrong}] is ${numbers[wrong]}`,
    wanted: '1 or -1',
    remedy: numbers.every((number) => number === 0 || number === 1)
      ? 'The target seems to hold 0 for no and 1 for yes: use `subtract(multiply(2, target), 1)`'
      : 'Give 1 for the one class and -1 for the other',
  });
}
