import {
  additiveMarginSoftmaxLoss,
  arcFaceLoss,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  centreLoss,
  contrastiveLoss,
  cosineEmbeddingLoss,
  crossEntropyOfDistributions,
  diceLoss,
  entropy,
  focalLoss,
  halfSquaredLoss,
  hingeLoss,
  huberLoss,
  jensenShannonDivergence,
  klDivergence,
  klDivergenceWithLogProbabilities,
  l1Loss,
  l1Penalty,
  l2Penalty,
  l2SoftmaxLoss,
  largeMarginSoftmaxLoss,
  logCoshLoss,
  mseLoss,
  multiMarginLoss,
  nllLoss,
  quantileLoss,
  smoothL1Loss,
  softmaxCrossEntropy,
  softmaxCrossEntropyWithTemperature,
  tripletMarginLoss,
} from '@tapegrad/nn';

/** What losses are about, in the order in which they are shown. */
export const lossFamilies = [
  'classes',
  'margins',
  'yesOrNo',
  'pairs',
  'regression',
  'distributions',
  'penalties',
] as const;
export type LossFamily = (typeof lossFamilies)[number];

/** A loss of the language, with an expression to begin with and what its names are. */
interface Loss {
  readonly call: (...given: never[]) => unknown;
  readonly family: LossFamily;
  readonly expression: string;
  readonly values: Readonly<Record<string, string>>;
}

const logits = { z: '3, 1, -3' };
const layer = { x: '[[1, 0.5]]', w: '1, 0; 0, 1; -1, 1' };
const sides = { x: '2.5, 0.25', t: '0, 0' };
const distributions = { p: '0.7, 0.2, 0.1', q: '0.2, 0.6, 0.2' };

/** Every loss of nn, by its name. */
export const losses = {
  softmaxCrossEntropy: {
    call: softmaxCrossEntropy,
    family: 'classes',
    expression: 'softmaxCrossEntropy(z, 1)',
    values: logits,
  },
  softmaxCrossEntropyWithTemperature: {
    call: softmaxCrossEntropyWithTemperature,
    family: 'classes',
    expression: 'softmaxCrossEntropyWithTemperature(z, 1, temperature=2)',
    values: logits,
  },
  nllLoss: { call: nllLoss, family: 'classes', expression: 'nllLoss(logSoftmax(z), 1)', values: logits },
  focalLoss: { call: focalLoss, family: 'classes', expression: 'focalLoss(z, 1, gamma=2)', values: logits },
  multiMarginLoss: {
    call: multiMarginLoss,
    family: 'classes',
    expression: 'multiMarginLoss(z, 0, margin=1)',
    values: { z: '2, 1.5, -3' },
  },
  l2SoftmaxLoss: {
    call: l2SoftmaxLoss,
    family: 'margins',
    expression: 'l2SoftmaxLoss(x, w, [0], scale=4)',
    values: layer,
  },
  largeMarginSoftmaxLoss: {
    call: largeMarginSoftmaxLoss,
    family: 'margins',
    expression: 'largeMarginSoftmaxLoss(x, w, [0], margin=2)',
    values: layer,
  },
  additiveMarginSoftmaxLoss: {
    call: additiveMarginSoftmaxLoss,
    family: 'margins',
    expression: 'additiveMarginSoftmaxLoss(x, w, [0], margin=0.35, scale=4)',
    values: layer,
  },
  arcFaceLoss: {
    call: arcFaceLoss,
    family: 'margins',
    expression: 'arcFaceLoss(x, w, [0], margin=0.5, scale=4)',
    values: layer,
  },
  centreLoss: {
    call: centreLoss,
    family: 'margins',
    expression: 'centreLoss(x, c, [1])',
    values: { x: '[[1, 0.5]]', c: '0, 0; 2, 1' },
  },
  binaryCrossEntropyWithLogits: {
    call: binaryCrossEntropyWithLogits,
    family: 'yesOrNo',
    expression: 'binaryCrossEntropyWithLogits(z, [1, 0])',
    values: { z: '2, -1' },
  },
  binaryCrossEntropy: {
    call: binaryCrossEntropy,
    family: 'yesOrNo',
    expression: 'binaryCrossEntropy(p, [1, 0])',
    values: { p: '0.9, 0.3' },
  },
  diceLoss: {
    call: diceLoss,
    family: 'yesOrNo',
    expression: 'diceLoss(p, [[1, 0, 1]], smooth=1)',
    values: { p: '[[0.9, 0.2, 0.6]]' },
  },
  hingeLoss: { call: hingeLoss, family: 'yesOrNo', expression: 'hingeLoss(x, [1, -1])', values: { x: '0.3, -2' } },
  cosineEmbeddingLoss: {
    call: cosineEmbeddingLoss,
    family: 'pairs',
    expression: 'cosineEmbeddingLoss(a, b, [1, -1])',
    values: { a: '1, 2, -1; 3, 0, 1', b: '2, 1, 0.5; 0.5, 2, -1' },
  },
  contrastiveLoss: {
    call: contrastiveLoss,
    family: 'pairs',
    expression: 'contrastiveLoss(a, b, [1, 0], margin=1)',
    values: { a: '1, 2; 0.3, 0.4', b: '0, 1; 0, 0' },
  },
  tripletMarginLoss: {
    call: tripletMarginLoss,
    family: 'pairs',
    expression: 'tripletMarginLoss(a, p, n, margin=1)',
    values: { a: '[[0.5, -1, 2]]', p: '[[-1, 1, 1]]', n: '[[1, -1, 1.5]]' },
  },
  mseLoss: { call: mseLoss, family: 'regression', expression: 'mseLoss(x, t)', values: sides },
  halfSquaredLoss: { call: halfSquaredLoss, family: 'regression', expression: 'halfSquaredLoss(x, t)', values: sides },
  l1Loss: { call: l1Loss, family: 'regression', expression: 'l1Loss(x, t)', values: sides },
  huberLoss: { call: huberLoss, family: 'regression', expression: 'huberLoss(x, t, delta=1)', values: sides },
  smoothL1Loss: { call: smoothL1Loss, family: 'regression', expression: 'smoothL1Loss(x, t, beta=1)', values: sides },
  logCoshLoss: { call: logCoshLoss, family: 'regression', expression: 'logCoshLoss(x, t)', values: sides },
  quantileLoss: {
    call: quantileLoss,
    family: 'regression',
    expression: 'quantileLoss(x, t, quantile=0.9)',
    values: { x: '1, 3', t: '2, 2' },
  },
  entropy: { call: entropy, family: 'distributions', expression: 'entropy(softmax(z))', values: logits },
  crossEntropyOfDistributions: {
    call: crossEntropyOfDistributions,
    family: 'distributions',
    expression: 'crossEntropyOfDistributions(of=p, under=q)',
    values: distributions,
  },
  klDivergence: {
    call: klDivergence,
    family: 'distributions',
    expression: 'klDivergence(of=p, from=q)',
    values: distributions,
  },
  klDivergenceWithLogProbabilities: {
    call: klDivergenceWithLogProbabilities,
    family: 'distributions',
    expression: 'klDivergenceWithLogProbabilities(logSoftmax(z), [0.7, 0.2, 0.1], reduction="sum")',
    values: logits,
  },
  jensenShannonDivergence: {
    call: jensenShannonDivergence,
    family: 'distributions',
    expression: 'jensenShannonDivergence(p, q)',
    values: distributions,
  },
  l1Penalty: {
    call: l1Penalty,
    family: 'penalties',
    expression: 'l1Penalty([w, b], factor=0.01)',
    values: { w: '0.5, -1; 2, 0.25', b: '0.1, -0.3' },
  },
  l2Penalty: {
    call: l2Penalty,
    family: 'penalties',
    expression: 'l2Penalty([w, b], factor=0.01)',
    values: { w: '0.5, -1; 2, 0.25', b: '0.1, -0.3' },
  },
} satisfies Readonly<Record<string, Loss>>;
