import { binaryCrossEntropyWithLogits, hingeLoss } from '@tapegrad/nn';
import { type LossForm, lossForm } from './loss.ts';
import { numbers, reduction } from './options.ts';

/** Losses of questions that are answered with yes or no. */
export const binaryLosses: readonly LossForm[] = [
  lossForm({
    name: 'binary-cross-entropy-with-logits',
    aliases: ['binary-cross-entropy'],
    computedBy: 'binaryCrossEntropyWithLogits',
    title: 'Binary cross-entropy of logits',
    formula:
      'loss = -weight·(posWeight·t·ln σ(x) + (1 - t)·ln(1 - σ(x))); x = logits, t = target, σ(x) = 1/(1 + e^(-x))',
    gradient: '∂loss/∂logits = σ(x) - t, without weights',
    inputs: {
      logits: { description: 'one score for each question', example: '2,-1' },
      target: { description: '1 for yes, 0 for no, or between them', example: '1,0', isWatched: false },
    },
    options: {
      weight: numbers('a factor for each loss; broadcasts to the logits (default: 1)', 0),
      posWeight: numbers('a factor for the part that says yes; broadcasts to the logits (default: 1)', 0),
      reduction: reduction(),
    },
    compute: ({ logits, target }, options) => binaryCrossEntropyWithLogits(logits, target, options),
  }),
  lossForm({
    name: 'hinge',
    computedBy: 'hingeLoss',
    title: 'Hinge loss',
    formula: 'loss = max(0, 1 - target·prediction), for targets of ±1',
    gradient: '∂loss/∂prediction = -target where target·prediction < 1, else 0',
    inputs: {
      prediction: { description: 'what the model says; its sign decides', example: '0.3,-2' },
      target: { description: '1 or -1 for each', example: '1,-1', isWatched: false },
    },
    options: { reduction: reduction() },
    compute: ({ prediction, target }, options) => hingeLoss(prediction, target, options),
  }),
];
