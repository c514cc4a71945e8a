import { add, multiply, relu, subtract, type Tensor, type TensorLike, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type LossOptions, lossOptions, reduceWeighed } from './lossOptions.ts';
import { readSides } from './oneShape.ts';

export interface QuantileOptions extends LossOptions {
  /** The share of targets that should lie below the prediction. Between 0 and 1; default 0.5, the median. */
  readonly quantile?: number;
}

const quantileOptions: OptionNames<QuantileOptions> = { quantile: 'optional', ...lossOptions };

/**
 * Quantile loss (pinball loss): with q the quantile and d = target - prediction, loss = q·d where d > 0, else (q - 1)·d;
 * by default its mean over all elements. To be too low costs q, to be too high 1 - q: the cheapest constant prediction
 * has a share q of the targets below it. With q = 1/2 it is half of `l1Loss`.
 *
 * Slope by the prediction: -q where it is too low, 1 - q where it is too high, and 0 at the kink, d = 0.
 *
 * Source: Koenker and Bassett, "Regression quantiles", 1978.
 *
 * @param prediction of any shape
 * @param target of the same shape
 * @example quantileLoss([1, 4], [2, 2], { quantile: 0.9 }) // 0.55
 * @throws ShapeError when the shapes differ
 * @throws ValueError when the quantile does not lie between 0 and 1
 */
export function quantileLoss(
  prediction: TensorLike,
  target: TensorLike,
  options: QuantileOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('quantileLoss', surplus);
  const { quantile = 0.5 } = checkOptions('quantileLoss', options, quantileOptions);
  if (!(quantile > 0 && quantile < 1)) {
    throw new ValueError({
      operation: 'quantileLoss',
      got: `quantile is ${quantile}`,
      wanted: 'a number between 0 and 1, neither of them',
      remedy: quantile > 1 && quantile < 100 ? `Write ${quantile} % as ${quantile / 100}` : 'For the median take 0.5',
    });
  }
  const sides = readSides('quantileLoss', prediction, target);
  const tooLow = relu(subtract(sides.target, sides.prediction));
  const tooHigh = relu(subtract(sides.prediction, sides.target));
  return reduceWeighed('quantileLoss', add(multiply(quantile, tooLow), multiply(1 - quantile, tooHigh)), options);
}
