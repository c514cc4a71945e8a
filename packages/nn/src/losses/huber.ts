import {
  abs,
  greater,
  multiply,
  square,
  subtract,
  type Tensor,
  type TensorLike,
  ValueError,
  where,
} from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type LossOptions, lossOptions, reduceWeighed } from './lossOptions.ts';
import { readSides } from './oneShape.ts';

export interface HuberOptions extends LossOptions {
  /** Where the parabola goes over into a line. More than 0, and finite; default 1. */
  readonly delta?: number;
}

const huberOptions: OptionNames<HuberOptions> = { delta: 'optional', ...lossOptions };

/**
 * Huber loss: with d = prediction - target, loss = d²/2 where |d| ≤ δ, else δ·(|d| - δ/2); by default the mean over all
 * elements. Slope d held between -δ and δ: squared error near the target, absolute error far from it. Both branches agree
 * at |d| = δ, where the second derivative is taken from the line, 0, as in PyTorch.
 *
 * Source: Huber, "Robust estimation of a location parameter", 1964.
 *
 * @example huberLoss([0.5, 3], [0, 0]) // 1.3125
 * @throws ShapeError when the shapes differ
 * @throws ValueError when δ is not more than 0, or infinite
 */
export function huberLoss(
  prediction: TensorLike,
  target: TensorLike,
  options: HuberOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('huberLoss', surplus);
  const { delta = 1 } = checkOptions('huberLoss', options, huberOptions);
  if (!(delta > 0 && delta < Infinity)) {
    throw new ValueError({
      operation: 'huberLoss',
      got: `delta is ${delta}`,
      wanted: 'a finite number greater than 0',
      remedy: 'For small δ use `l1Loss`, which is huberLoss / δ there; for large δ half of `mseLoss`',
    });
  }
  const sides = readSides('huberLoss', prediction, target);
  const distance = subtract(sides.prediction, sides.target);
  const size = abs(distance);
  const parabola = multiply(0.5, square(distance));
  const line = multiply(delta, subtract(size, delta / 2));
  return reduceWeighed('huberLoss', where(greater(delta, size), parabola, line), options);
}
