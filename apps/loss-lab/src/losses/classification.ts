import { divide, type Tensor } from '@tapegrad/core';
import {
  focalLoss,
  type LogarithmBase,
  multiMarginLoss,
  nllLoss,
  softmaxCrossEntropy,
  softmaxCrossEntropyWithTemperature,
} from '@tapegrad/nn';
import { type InputForm, type LossForm, lossForm } from './loss.ts';
import { base, exampleWeight, ignoreIndex, number, numbers, oneOf, reduction } from './options.ts';
import { softmaxGradient } from './softmaxGradient.ts';

const logits = (): InputForm => ({
  description: 'one score for each class; several rows are a batch',
  example: '3,1,-3',
  leastRank: 1,
});

const classes = (): InputForm => ({
  description: 'the index of the right class of each row, from 0',
  example: '0',
  holds: 'classes',
  isWatched: false,
});

const weight = (): ReturnType<typeof numbers> => numbers('one factor for each class (default: 1 for all)');

/** A loss in nats in the unit of another base: bits, or decimal digits. */
const inBase = (loss: Tensor, base: LogarithmBase = 'e'): Tensor =>
  base === 'e' ? loss : divide(loss, Math.log(base));

/** Losses of one score for each class, of which one class is right. */
export const classificationLosses: readonly LossForm[] = [
  lossForm({
    name: 'softmax-cross-entropy',
    computedBy: 'softmaxCrossEntropy',
    title: 'Softmax cross-entropy',
    formula: 'loss = -Σ_c target_c·ln p_c; p = softmax(logits), p_c = e^(logits_c) / Σ_k e^(logits_k)',
    gradient: '∂loss/∂logits = p - target, for a class index p - 1 at the class and p elsewhere',
    gradientFor: softmaxGradient,
    inputs: {
      logits: logits(),
      target: {
        description: 'the index of the right class of each row, from 0, or a row of probabilities for each',
        example: '0',
        holds: 'classesOrProbabilities',
        isWatched: false,
      },
    },
    options: {
      weight: weight(),
      ignoreIndex: ignoreIndex(),
      labelSmoothing: number('share of the target that is spread evenly over all classes; from 0 to 1', 0),
      exampleWeight: exampleWeight(),
      reduction: reduction(),
      base: base(),
    },
    compute: ({ logits, target }, { base, ...options }) => inBase(softmaxCrossEntropy(logits, target, options), base),
  }),
  lossForm({
    name: 'softmax-cross-entropy-with-temperature',
    aliases: ['temperature'],
    computedBy: 'softmaxCrossEntropyWithTemperature',
    title: 'Softmax cross-entropy at a temperature',
    formula: 'loss = -Σ_c target_c·ln p_c; p = softmax(logits / T), T = temperature',
    gradient: '∂loss/∂logits = (p - target) / T',
    gradientFor: (asked) => softmaxGradient(asked, ['T']),
    inputs: {
      logits: logits(),
      target: {
        description: 'the index of the right class of each row, from 0, or a row of probabilities for each',
        example: '0',
        holds: 'classesOrProbabilities',
        isWatched: false,
      },
    },
    options: {
      temperature: number('T, above 1 for a softer distribution; more than 0', 1),
      weight: weight(),
      ignoreIndex: ignoreIndex(),
      labelSmoothing: number('share of the target that is spread evenly over all classes; from 0 to 1', 0),
      exampleWeight: exampleWeight(),
      reduction: reduction(),
    },
    compute: ({ logits, target }, options) => softmaxCrossEntropyWithTemperature(logits, target, options),
  }),
  lossForm({
    name: 'nll',
    aliases: ['negative-log-likelihood'],
    computedBy: 'nllLoss',
    title: 'Negative log-likelihood',
    formula: 'loss = -weight_y·logProbabilities_y, for a row of class y',
    gradient: '∂loss/∂logProbabilities = -weight_y at the class y, 0 elsewhere',
    inputs: {
      logProbabilities: {
        description: 'one log-probability for each class; several rows are a batch',
        example: 'ln(.7),ln(.2),ln(.1)',
        leastRank: 1,
      },
      target: classes(),
    },
    options: { weight: weight(), ignoreIndex: ignoreIndex(), exampleWeight: exampleWeight(), reduction: reduction() },
    compute: ({ logProbabilities, target }, options) => nllLoss(logProbabilities, target, options),
  }),
  lossForm({
    name: 'focal',
    computedBy: 'focalLoss',
    title: 'Focal loss',
    formula: 'loss = -α_y·(1 - p_y)^γ·ln p_y, for a row of class y; p = softmax(logits)',
    gradient: '∂loss/∂logits_c = α_y·(1 - p_y)^γ·(1 - γ·p_y·ln p_y / (1 - p_y))·(p_c - [c = y])',
    inputs: { logits: logits(), target: classes() },
    options: {
      gamma: number('γ, how much the easy rows are turned down; at least 0', 2),
      alpha: numbers('α, one factor for each class (default: 1 for all)'),
      ignoreIndex: ignoreIndex(),
      exampleWeight: exampleWeight(),
      reduction: reduction(),
    },
    compute: ({ logits, target }, options) => focalLoss(logits, target, options),
  }),
  lossForm({
    name: 'multi-margin',
    computedBy: 'multiMarginLoss',
    title: 'Hinge loss of many classes (multi-margin loss)',
    formula: 'loss = Σ_{c≠y} weight_y·max(0, margin - logits_y + logits_c)^p / classes, for a row of class y',
    gradient:
      '∂loss/∂logits_c = weight_y / classes where class c comes too close; at y minus their sum (p = 2: times twice the shortfall)',
    inputs: { logits: { ...logits(), example: '2,1.5,-3' }, target: classes() },
    options: {
      p: oneOf('power of each shortfall', [1, 2]),
      margin: number('how far the right class should lie above every other', 1),
      weight: weight(),
      ignoreIndex: ignoreIndex(),
      exampleWeight: exampleWeight(),
      reduction: reduction(),
    },
    compute: ({ logits, target }, options) => multiMarginLoss(logits, target, options),
  }),
];
