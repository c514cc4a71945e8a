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

export interface SmoothL1Options extends LossOptions {
  /** Where the parabola goes over into a line. At least 0; default 1. With 0 it is the L1 loss. */
  readonly beta?: number;
}

const smoothL1Options: OptionNames<SmoothL1Options> = { beta: 'optional', ...lossOptions };

/**
 * Smooth L1 loss: with d = prediction - target, loss = d²/(2β) where |d| < β, else |d| - β/2; by default the mean over
 * all elements. Slope d/β held between -1 and 1. It is Huber's loss with δ = β, divided by β.
 *
 * Source: Girshick, "Fast R-CNN", 2015.
 *
 * @example smoothL1Loss([0.5, 3], [0, 0]) // 1.3125
 * @throws ShapeError when the shapes differ
 * @throws ValueError when β is negative
 */
export function smoothL1Loss(
  prediction: TensorLike,
  target: TensorLike,
  options: SmoothL1Options = {},
  ...surplus: []
): Tensor {
  checkSurplus('smoothL1Loss', surplus);
  const { beta = 1 } = checkOptions('smoothL1Loss', options, smoothL1Options);
  if (!(beta >= 0)) {
    throw new ValueError({
      operation: 'smoothL1Loss',
      got: `beta is ${beta}`,
      wanted: 'a number of at least 0',
      remedy: 'Give the distance below which the loss should be a parabola',
    });
  }
  const sides = readSides('smoothL1Loss', prediction, target);
  const distance = subtract(sides.prediction, sides.target);
  const size = abs(distance);
  if (beta === 0) return reduceWeighed('smoothL1Loss', size, options);
  const parabola = multiply(0.5 / beta, square(distance));
  const line = subtract(size, beta / 2);
  return reduceWeighed('smoothL1Loss', where(greater(beta, size), parabola, line), options);
}
