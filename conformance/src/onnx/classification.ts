import { nllLoss, type Reduction } from '@tapegrad/nn';
import type { OnnxOp } from './node.ts';

/** Losses of classifiers, beside the cross-entropy. */
export const classification: Readonly<Record<string, OnnxOp>> = {
  NegativeLogLikelihoodLoss: (node) =>
    node.like(
      nllLoss(node.tensor(0), node.input(1).tensor.toList(), {
        weight: node.optional(2) && node.tensor(2),
        // Without an index to ignore none is: NaN is no label.
        ignoreIndex: node.attributes.number('ignore_index') ?? Number.NaN,
        reduction: node.attributes.choice<Reduction>('reduction', ['mean', 'sum', 'none'], 'mean'),
      }),
    ),
};
