import { logSoftmax, type Tensor } from '@tapegrad/core';
import { binaryCrossEntropyWithLogits, klDivergenceWithLogProbabilities, multiMarginLoss, nllLoss } from '@tapegrad/nn';
import type { Arguments } from '../numeric/arguments.ts';
import type { NumericOp } from '../numeric/numericCase.ts';
import { Unsupported } from '../outcome.ts';
import { classIndices } from './losses.ts';

/** Losses of classifiers, beside the cross-entropy. */
export const classification: Readonly<Record<string, NumericOp>> = {
  nll_loss: (inputs) => ({ output: negativeLogLikelihood(inputs, inputs.tensor('input')) }),
  log_softmax_nll: (inputs) => ({
    output: negativeLogLikelihood(inputs, logSoftmax(inputs.tensor('input'), { axis: 1 })),
  }),
  kl_div: (inputs) => {
    const reduction = inputs.attributes.choice('reduction', ['mean', 'batchmean', 'sum', 'none'], 'mean');
    return {
      output: klDivergenceWithLogProbabilities(inputs.tensor('input'), inputs.tensor('target'), {
        logTarget: inputs.attributes.flag('log_target'),
        reduction: reduction === 'batchmean' ? 'batchMean' : reduction,
      }),
    };
  },
  binary_cross_entropy_with_logits: (inputs) => ({
    output: binaryCrossEntropyWithLogits(inputs.tensor('input'), inputs.tensor('target'), {
      weight: inputs.optional('weight'),
      posWeight: inputs.optional('pos_weight'),
      reduction: readReduction(inputs),
    }),
  }),
  multi_margin_loss: (inputs) => {
    const p = inputs.attributes.number('p') ?? 1;
    if (p !== 1 && p !== 2) throw new Unsupported(`option p = ${p}`);
    return {
      output: multiMarginLoss(inputs.tensor('input'), classIndices(inputs.numbers('target')), {
        p,
        margin: inputs.attributes.number('margin') ?? 1,
        weight: inputs.optional('weight'),
        reduction: readReduction(inputs),
      }),
    };
  },
};

function negativeLogLikelihood(inputs: Arguments, logProbabilities: Tensor): Tensor {
  return nllLoss(logProbabilities, classIndices(inputs.numbers('target')), {
    weight: inputs.optional('weight'),
    ignoreIndex: inputs.attributes.number('ignore_index') ?? -100,
    reduction: readReduction(inputs),
  });
}

function readReduction({ attributes }: Arguments): 'mean' | 'sum' | 'none' {
  return attributes.choice('reduction', ['mean', 'sum', 'none'], 'mean');
}
