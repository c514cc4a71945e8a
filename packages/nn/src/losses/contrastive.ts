import {
  greater,
  multiply,
  relu,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
  type TensorLike,
  where,
} from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type LossOptions, lossOptions, reduceWeighed } from './lossOptions.ts';
import { checkMargin, readAnswers, readVectors } from './pairs.ts';

export interface ContrastiveOptions extends LossOptions {
  /** How far apart two that differ should be. At least 0; default 1. */
  readonly margin?: number;
}

const contrastiveOptions: OptionNames<ContrastiveOptions> = { margin: 'optional', ...lossOptions };

/**
 * Contrastive loss of pairs: loss = d²/2 for a target of 1, max(0, margin - d)²/2 for 0, with d = ‖first - second‖. Two of the same
 * kind are pulled together, two that differ are pushed apart until they are a margin away.
 *
 * Gradient by the first, with the second its opposite: first - second for a target of 1; for 0, where d < margin, -(margin -
 * d)·(first - second)/d, else 0. Two that differ and are equal are pushed nowhere, for there is no direction.
 *
 * Source: Hadsell, Chopra and LeCun, "Dimensionality reduction by learning an invariant mapping", 2006, where Y = 0 is the same
 * kind.
 *
 * @param first `[batch, features]`
 * @param second `[batch, features]`
 * @param target `[batch]`, 1 for the same kind, 0 for two that differ
 * @example contrastiveLoss([[0, 0]], [[3, 4]], [1]) // 12.5
 * @throws ShapeError when the shapes differ, or there is not one target for each pair
 * @throws ValueError when a target is neither 1 nor 0, or the margin is negative or infinite
 */
export function contrastiveLoss(
  first: TensorLike,
  second: TensorLike,
  target: TensorLike,
  options: ContrastiveOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('contrastiveLoss', surplus);
  const { margin = 1 } = checkOptions('contrastiveLoss', options, contrastiveOptions);
  const name = 'contrastiveLoss';
  checkMargin(name, margin, 0, Infinity);
  const pair = readVectors(name, { first, second });
  const answers = readAnswers(name, target, pair.first, [1, 0]);
  const squared = sum(square(subtract(pair.first, pair.second)), { axes: 1 });
  const isApart = greater(squared, 0);
  // The root has no slope at 0, where neither side is to be pushed.
  const distance = where(isApart, sqrt(where(isApart, squared, 1)), 0);
  const together = multiply(0.5, squared);
  const apart = multiply(0.5, square(relu(subtract(margin, distance))));
  return reduceWeighed(name, where(answers, together, apart), options);
}
