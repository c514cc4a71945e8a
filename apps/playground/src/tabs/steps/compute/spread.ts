import { add, cast, multiply, oneHot, type Tensor, tensor } from '@tapegrad/core';
import type { Question } from '../question.ts';

/**
 * t = weight·((1 - s)·y + s/C): the target as the loss uses it, after label smoothing by s and class weights. y is a one at
 * the class, or the distribution given. Of the question's type, `[rows, classes]`.
 */
export function spreadTarget({ logits, target, weights, smoothing, dtype }: Question): Tensor {
  const classes = logits[0].length;
  const dtypeOfAll = { dtype: 'float64' } as const;
  const y =
    target.kind === 'index'
      ? oneHot(target.labels, { classes, ...dtypeOfAll })
      : tensor(target.rows, { ...dtypeOfAll });
  const smoothed = smoothing === 0 ? y : add(multiply(y, 1 - smoothing), smoothing / classes);
  return cast(multiply(smoothed, tensor(weights, dtypeOfAll)), dtype);
}

/**
 * What a mean divides by: the weights of the classes that occur, or the number of rows where the target is a distribution.
 * This is the convention of `softmaxCrossEntropy`, and of PyTorch.
 */
export function divisorOf({ target, weights }: Question): number {
  if (target.kind === 'distribution') return target.rows.length;
  return target.labels.reduce((total, label) => total + weights[label], 0);
}

/** What a loss in nats is divided by to be one of this base. */
export function natsPer(base: Question['base']): number {
  return base === 'e' ? 1 : Math.log(Number(base));
}
