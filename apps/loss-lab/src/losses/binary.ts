import { binaryCrossEntropy, binaryCrossEntropyWithLogits, diceLoss, hingeLoss } from '@tapegrad/nn';
import { type LossForm, lossForm } from './loss.ts';
import { exampleWeight, number, numbers, reduction, whether } from './options.ts';
import { asRows } from './pairs.ts';

/** Losses of questions that are answered with yes or no. */
export const binaryLosses: readonly LossForm[] = [
  lossForm({
    name: 'binary-cross-entropy-with-logits',
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
      exampleWeight: exampleWeight(),
      reduction: reduction(),
    },
    compute: ({ logits, target }, options) => binaryCrossEntropyWithLogits(logits, target, options),
  }),
  lossForm({
    name: 'binary-cross-entropy',
    computedBy: 'binaryCrossEntropy',
    title: 'Binary cross-entropy of probabilities',
    formula: 'loss = -(t·ln p + (1 - t)·ln(1 - p)), logarithms held at -100; p = probabilities, t = target',
    gradient: '∂loss/∂p = (p - t) / (p·(1 - p))',
    inputs: {
      probabilities: { description: 'what is believed, from 0 to 1', example: '.9,.3' },
      target: { description: '1 for yes, 0 for no, or between them', example: '1,0', isWatched: false },
    },
    options: { exampleWeight: exampleWeight(), reduction: reduction() },
    compute: ({ probabilities, target }, options) => binaryCrossEntropy(probabilities, target, options),
  }),
  lossForm({
    name: 'dice',
    computedBy: 'diceLoss',
    title: 'Dice loss of masks',
    formula:
      'loss = 1 - (2·Σ p·t + s) / (Σ p + Σ t + s), over all elements of a row; p = probabilities, t = target, s = smooth',
    gradient: '∂loss/∂p = (I - 2·t·U) / U²; I = 2·Σ p·t + s, U = Σ p + Σ t + s',
    inputs: {
      probabilities: {
        description: 'a mask as it is believed; several rows are a batch',
        example: '.9,.2,.6',
        leastRank: 1,
      },
      target: { description: '1 inside the mask, 0 outside', example: '1,0,1', leastRank: 1, isWatched: false },
    },
    options: {
      smooth: number('s, so that nothing over nothing is a perfect overlap; at least 0', 1),
      squared: whether('add up squares below'),
      exampleWeight: exampleWeight(),
      reduction: reduction(),
    },
    compute: ({ probabilities, target }, options) => diceLoss(asRows(probabilities), asRows(target), options),
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
    options: { exampleWeight: exampleWeight(), reduction: reduction() },
    compute: ({ prediction, target }, options) => hingeLoss(prediction, target, options),
  }),
];
