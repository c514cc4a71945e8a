import { reshape, type Tensor } from '@tapegrad/core';
import { contrastiveLoss, cosineEmbeddingLoss, tripletMarginLoss } from '@tapegrad/nn';
import { type InputForm, type LossForm, lossForm } from './loss.ts';
import { exampleWeight, number, oneOf, reduction, whether } from './options.ts';

const vectors = (description: string, example: string): InputForm => ({
  description: `${description}; several rows are a batch`,
  example,
  leastRank: 1,
});

const answers = (description: string, example: string): InputForm => ({
  description,
  example,
  leastRank: 1,
  holds: 'classes',
  isWatched: false,
});

/** A single row as a batch of one. */
export const asRows = (x: Tensor): Tensor => (x.rank === 1 ? reshape(x, [1, -1]) : x);

/** Losses of vectors that should be near to each other, or apart. */
export const pairLosses: readonly LossForm[] = [
  lossForm({
    name: 'cosine',
    computedBy: 'cosineEmbeddingLoss',
    title: 'Cosine loss of pairs',
    formula: 'loss = 1 - cos for a target of 1, max(0, cos - margin) for -1; cos = a·b / (‖a‖·‖b‖)',
    gradient: '∂cos/∂a = (b/‖b‖ - cos·a/‖a‖) / ‖a‖',
    inputs: {
      first: vectors('a', '1,2,-1;3,0,1'),
      second: vectors('b', '2,1,.5;.5,2,-1'),
      target: answers('1 for two of the same kind, -1 for two that differ', '1,-1'),
    },
    options: {
      margin: number('how alike two that differ may be; from -1 to 1', 0),
      exampleWeight: exampleWeight(),
      reduction: reduction(),
    },
    compute: ({ first, second, target }, options) =>
      cosineEmbeddingLoss(asRows(first), asRows(second), target, options),
  }),
  lossForm({
    name: 'contrastive',
    computedBy: 'contrastiveLoss',
    title: 'Contrastive loss of pairs',
    formula: 'loss = d²/2 for a target of 1, max(0, margin - d)²/2 for 0; d = ‖first - second‖',
    gradient:
      '∂loss/∂first = first - second for a target of 1, -(margin - d)·(first - second)/d for 0 within the margin',
    inputs: {
      first: vectors('the one of each pair', '1,2;.3,.4'),
      second: vectors('the other', '0,1;0,0'),
      target: answers('1 for two of the same kind, 0 for two that differ', '1,0'),
    },
    options: {
      margin: number('how far apart two that differ should be; at least 0', 1),
      exampleWeight: exampleWeight(),
      reduction: reduction(),
    },
    compute: ({ first, second, target }, options) => contrastiveLoss(asRows(first), asRows(second), target, options),
  }),
  lossForm({
    name: 'triplet',
    computedBy: 'tripletMarginLoss',
    title: 'Triplet loss',
    formula: 'loss = max(0, d(anchor, positive) - d(anchor, negative) + margin); d(a, b) = ‖a - b + 1e-6‖_p',
    gradient: '∂loss/∂anchor = u - v, by the positive -u, by the negative v; u and v point from them to the anchor',
    inputs: {
      anchor: vectors('the anchor', '.5,-1,2'),
      positive: vectors('one of its kind', '-1,1,1'),
      negative: vectors('one of another kind', '1,-1,1.5'),
    },
    options: {
      margin: number('how much further away the negative should be; at least 0', 1),
      p: oneOf('norm of distances, 2 for roots of squares', [2, 1]),
      swap: whether('take the distance from positive to negative where it is smaller'),
      exampleWeight: exampleWeight(),
      reduction: reduction(),
    },
    compute: ({ anchor, positive, negative }, options) =>
      tripletMarginLoss(asRows(anchor), asRows(positive), asRows(negative), options),
  }),
];
