import { add, multiply, subtract } from '@tapegrad/core';
import { binaryCrossEntropyWithLogits, hingeLoss } from '@tapegrad/nn';
import type { NumericOp } from '../numeric/numericCase.ts';
import { weighted } from './losses.ts';

/** Losses of classifiers that answer yes or no. */
export const classification: Readonly<Record<string, NumericOp>> = {
  sigmoid_cross_entropy: (inputs) => {
    const smoothing = inputs.attributes.number('label_smoothing') ?? 0;
    const labels = add(multiply(inputs.tensor('labels'), 1 - smoothing), smoothing / 2);
    return weighted(inputs, binaryCrossEntropyWithLogits(inputs.tensor('logits'), labels, { reduction: 'none' }));
  },
  // TensorFlow.js labels with 0 and 1, tapegrad with -1 and 1.
  hinge_loss: (inputs) => {
    const signs = subtract(multiply(2, inputs.tensor('labels')), 1);
    return weighted(inputs, hingeLoss(inputs.tensor('predictions'), signs, { reduction: 'none' }));
  },
};
