import { broadcastTo, divide, equal, multiply, subtract, sum, type Tensor, transpose } from '@tapegrad/core';
import { huberLoss, l1Loss, mseLoss, softmaxCrossEntropy } from '@tapegrad/nn';
import type { Arguments } from '../numeric/arguments.ts';
import type { NumericOp, Outputs } from '../numeric/numericCase.ts';
import { Unsupported } from '../outcome.ts';

/** Losses as TensorFlow.js has them: labels first, weights for each element, four reductions. */
export const losses: Readonly<Record<string, NumericOp>> = {
  absolute_difference: regression((prediction, target) => l1Loss(prediction, target, { reduction: 'none' })),
  mean_squared_error: regression((prediction, target) => mseLoss(prediction, target, { reduction: 'none' })),
  huber_loss: regression((prediction, target, { attributes }) =>
    huberLoss(prediction, target, { delta: attributes.number('delta') ?? 1, reduction: 'none' }),
  ),
  softmax_cross_entropy: (inputs) => {
    const labelSmoothing = inputs.attributes.number('label_smoothing') ?? 0;
    const logits = inputs.tensor('logits');
    const axis = inputs.attributes.number('axis') ?? -1;
    if (axis !== -1 && axis !== logits.rank - 1) throw new Unsupported(`option axis = ${axis}`);
    // tapegrad has the classes on axis 1.
    const order = logits.shape.map((_, at) => (at === 0 ? 0 : at === 1 ? logits.rank - 1 : at - 1));
    const classesFirst = (x: Tensor): Tensor => (x.rank > 2 ? transpose(x, order) : x);
    const target = classesFirst(inputs.tensor('onehot_labels'));
    return weighted(inputs, softmaxCrossEntropy(classesFirst(logits), target, { labelSmoothing, reduction: 'none' }));
  },
};

function regression(loss: (prediction: Tensor, target: Tensor, inputs: Arguments) => Tensor): NumericOp {
  return (inputs) => weighted(inputs, loss(inputs.tensor('predictions'), inputs.tensor('labels'), inputs));
}

/**
 * The losses times their weights, reduced: not at all, to their sum, to their sum over the sum of the weights, or to their
 * sum over the number of weights that are not 0. Weights broadcast; without any they are 1.
 */
export function weighted(inputs: Arguments, losses: Tensor): Outputs {
  const reductions = ['NONE', 'SUM', 'MEAN', 'SUM_BY_NONZERO_WEIGHTS'] as const;
  const reduction = inputs.attributes.choice('reduction', reductions, 'SUM_BY_NONZERO_WEIGHTS');
  const given = inputs.optional('weights') ?? inputs.constant([1], []);
  const products = multiply(losses, given);
  const weights = broadcastTo(given, products.shape);
  switch (reduction) {
    case 'NONE':
      return { loss: products };
    case 'SUM':
      return { loss: sum(products) };
    case 'MEAN':
      return { loss: divide(sum(products), sum(weights)) };
    case 'SUM_BY_NONZERO_WEIGHTS':
      return { loss: divide(sum(products), sum(subtract(1, equal(weights, 0)))) };
  }
}
