import {
  add,
  divide,
  equal,
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

export interface CosineEmbeddingOptions extends LossOptions {
  /** How alike two that differ may be at no cost, from -1 to 1. Default: 0. */
  readonly margin?: number;
}

/** What is added to squared lengths, so that a vector of zeros has an angle too. As in PyTorch. */
const epsilon = 1e-12;

const cosineEmbeddingOptions: OptionNames<CosineEmbeddingOptions> = { margin: 'optional', ...lossOptions };

/**
 * Cosine loss of pairs: loss = 1 - cos for a target of 1, max(0, cos - margin) for -1, with cos = a·b / (‖a‖·‖b‖). Two of the
 * same kind should point the same way, two that differ should not; how long they are does not matter.
 *
 * Gradient of cos by a: (b/‖b‖ - cos·a/‖a‖) / ‖a‖, which is at a right angle to a; minus that for a target of 1, that for -1
 * where cos is above the margin, else 0. As PyTorch's `cosine_embedding_loss`.
 *
 * Source: PyTorch; the pairs and the margin are those of Hadsell, Chopra and LeCun, "Dimensionality reduction by learning an
 * invariant mapping", 2006.
 *
 * @param first `[batch, features]`
 * @param second `[batch, features]`
 * @param target `[batch]`, 1 for the same kind, -1 for two that differ
 * @example cosineEmbeddingLoss([[1, 0]], [[0, 1]], [1]) // 1
 * @throws ShapeError when the shapes differ, or there is not one target for each pair
 * @throws ValueError when a target is neither 1 nor -1, or the margin does not lie between -1 and 1
 */
export function cosineEmbeddingLoss(
  first: TensorLike,
  second: TensorLike,
  target: TensorLike,
  options: CosineEmbeddingOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('cosineEmbeddingLoss', surplus);
  const { margin = 0 } = checkOptions('cosineEmbeddingLoss', options, cosineEmbeddingOptions);
  const name = 'cosineEmbeddingLoss';
  checkMargin(name, margin, -1, 1);
  const pair = readVectors(name, { first, second });
  const answers = readAnswers(name, target, pair.first, [1, -1]);
  const lengths = multiply(squaredLength(pair.first), squaredLength(pair.second));
  const cosine = divide(sum(multiply(pair.first, pair.second), { axes: 1 }), sqrt(lengths));
  const losses = where(equal(answers, 1), subtract(1, cosine), relu(subtract(cosine, margin)));
  return reduceWeighed(name, losses, options);
}

function squaredLength(x: Tensor): Tensor {
  return add(sum(square(x), { axes: 1 }), epsilon);
}
