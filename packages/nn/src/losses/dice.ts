import { add, divide, multiply, square, subtract, sum, type Tensor, type TensorLike, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type LossOptions, lossOptions, reduceWeighed } from './lossOptions.ts';
import { readSides } from './oneShape.ts';

export interface DiceOptions extends LossOptions {
  /** Over which axes an overlap is counted. Default: all but the first, so that there is a loss for each example. */
  readonly axes?: number | readonly number[];
  /** What is added above and below, so that nothing over nothing is a perfect overlap. At least 0; default 1. */
  readonly smooth?: number;
  /** Whether squares are added up below, as in the paper on V-Net, instead of the numbers themselves. Default: false. */
  readonly squared?: boolean;
}

const diceOptions: OptionNames<DiceOptions> = {
  axes: 'optional',
  smooth: 'optional',
  squared: 'optional flag',
  ...lossOptions,
};

/**
 * Dice loss: loss = 1 - (2·Σ p·t + s) / (Σ p + Σ t + s), for probabilities p and a mask t, with the sums over all elements of an
 * example. It measures the overlap of two masks, so that the few pixels of a small object count as much as those of a large one.
 * For several classes give one mask for each, `[batch, classes, height, width]`, and `axes: [2, 3]` for a loss of each.
 *
 * Gradient, with I = 2·Σ p·t + s and U = Σ p + Σ t + s: (I - 2·t·U) / U²; with squares below (2·p·I - 2·t·U) / U².
 *
 * Source: Milletari, Navab and Ahmadi, "V-Net", 2016.
 *
 * @param probabilities of any shape, `[batch, ...]`: the output of a sigmoid or a softmax
 * @param target of the same shape, 1 inside the mask and 0 outside, or between
 * @example diceLoss([[1, 0]], [[1, 1]]) // 0.25
 * @throws ShapeError when the shapes differ, or an axis does not exist
 * @throws ValueError when `smooth` is negative or infinite
 */
export function diceLoss(
  probabilities: TensorLike,
  target: TensorLike,
  options: DiceOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('diceLoss', surplus);
  const { axes, smooth = 1, squared = false } = checkOptions('diceLoss', options, diceOptions);
  const name = 'diceLoss';
  if (!(smooth >= 0 && smooth < Infinity)) {
    throw new ValueError({
      operation: name,
      got: `smooth is ${smooth}`,
      wanted: 'a finite number of at least 0',
      remedy: 'Leave it out for 1',
    });
  }
  const { prediction: p, target: t } = readSides(name, probabilities, target);
  const over = { axes: axes ?? p.shape.slice(1).map((_, axis) => axis + 1) };
  const total = (x: Tensor): Tensor => sum(squared ? square(x) : x, over);
  const overlap = add(multiply(2, sum(multiply(p, t), over)), smooth);
  const losses = subtract(1, divide(overlap, add(add(total(p), total(t)), smooth)));
  return reduceWeighed(name, losses, options);
}
