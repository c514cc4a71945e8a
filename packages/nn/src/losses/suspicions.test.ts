import { logSoftmax, onWarning, silence, softmax, type Tensor, tensor, type Warning } from '@tapegrad/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { klDivergenceWithLogProbabilities } from './klDivergenceWithLogProbabilities.ts';
import { nllLoss } from './nll.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

const logits = tensor([
  [3, 1, -3],
  [0, 2, 1],
]);
let heard: string[] = [];
let restore = (): void => {};
beforeEach(() => {
  heard = [];
  restore = onWarning(({ code, operation, message }: Warning) => heard.push(`${operation}: ${message} [${code}]`));
});
afterEach(() => restore());

const heardFrom = (loss: () => Tensor): string[] => {
  loss();
  loss();
  return heard;
};

test('what is meant is not warned about', () => {
  softmaxCrossEntropy(logits, [0, 1]);
  softmaxCrossEntropy(logits, softmax(logits));
  softmaxCrossEntropy(logits, [
    [1, 0, 0],
    [0, 1, 0],
  ]);
  nllLoss(logSoftmax(logits), [0, 1]);
  klDivergenceWithLogProbabilities(logSoftmax(logits), softmax(logits));
  klDivergenceWithLogProbabilities(logSoftmax(logits), logSoftmax(logits), { logTarget: true });
  expect(heard).toEqual([]);
});

test('a softmax before the loss that has its own', () => {
  expect(heardFrom(() => softmaxCrossEntropy(softmax(logits), [0, 1]))).toMatchInlineSnapshot(`
    [
      "softmaxCrossEntropy: the logits are at least 0 and sum to 1 in each row (the first to 1.0000), as probabilities do. This loss has a softmax of its own: leave out the one before it. [PROBABILITIES_AS_LOGITS]",
    ]
  `);
});

test('target rows that do not sum to 1', () => {
  const target = tensor([
    [1, 0, 0],
    [0.5, 0.2, 0],
  ]);
  expect(heardFrom(() => softmaxCrossEntropy(logits, target))).toMatchInlineSnapshot(`
    [
      "softmaxCrossEntropy: row 1 of the target sums to 0.7000; probabilities are at least 0 and sum to 1. The gradient is then (Σ target)·p - target. Divide each row by its sum if that is not meant. [TARGET_NOT_A_DISTRIBUTION]",
    ]
  `);
});

test('logits and target exchanged', () => {
  expect(heardFrom(() => softmaxCrossEntropy(softmax(logits), logits))).toMatchInlineSnapshot(`
    [
      "softmaxCrossEntropy: row 0 of the target holds -3, and the logits are probabilities. The logits come first, the target second. [LOGITS_AND_TARGET_EXCHANGED]",
    ]
  `);
});

test('every row ignored', () => {
  expect(heardFrom(() => softmaxCrossEntropy(logits, [-100, -100]))).toMatchInlineSnapshot(`
    [
      "softmaxCrossEntropy: all 2 targets are -100, the index to ignore; the mean of no losses is NaN. Check the labels, or leave such batches out. [ALL_TARGETS_IGNORED]",
    ]
  `);
});

test('logits where log-probabilities are wanted', () => {
  expect(heardFrom(() => nllLoss(logits, [0, 1]))).toMatchInlineSnapshot(`
    [
      "nllLoss: a log-probability is 3, but the logarithm of a probability is at most 0. Pass \`logSoftmax(logits)\`, not logits and not probabilities. [POSITIVE_LOG_PROBABILITIES]",
    ]
  `);
});

test('a divergence with its sides exchanged, or not in log space', () => {
  expect(heardFrom(() => klDivergenceWithLogProbabilities(softmax(logits), logSoftmax(logits)))).toMatchInlineSnapshot(`
    [
      "klDivergenceWithLogProbabilities: a log-probability is 0.8788782358169556, but the logarithm of a probability is at most 0. Pass \`logSoftmax(logits)\`, not logits and not probabilities. [POSITIVE_LOG_PROBABILITIES]",
      "klDivergenceWithLogProbabilities: the target holds -0.12910890579223633, and probabilities are at least 0. If it holds log-probabilities, pass \`logTarget: true\`; if it is the model's side, exchange the two: log-probabilities of the model first, the target second. [TARGET_IN_LOG_SPACE]",
    ]
  `);
});

test('a warning can be silenced', () => {
  silence('PROBABILITIES_AS_LOGITS');
  expect(heardFrom(() => softmaxCrossEntropy(softmax(logits), [0, 1]))).toEqual([]);
});
