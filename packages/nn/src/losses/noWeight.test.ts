import { onWarning, silence, type Warning } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { nllLoss } from './nll.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

test('a mean over a total weight of 0 is 0/0, NaN, with label smoothing too', () => {
  const logits = [[1, 2, 3]];
  for (const labelSmoothing of [0, 0.1, 1]) {
    expect(softmaxCrossEntropy(logits, [0], { weight: [0, 1, 1], labelSmoothing }).item()).toBeNaN();
  }
  expect(nllLoss(logits, [0], { weight: [0, 1, 1] }).item()).toBeNaN();
  // The sum is no mean.
  expect(
    softmaxCrossEntropy(logits, [0], { weight: [0, 1, 1], labelSmoothing: 0.1, reduction: 'sum' }).item(),
  ).toBeGreaterThan(0);
});

test('a target row of zeros is a row left out: it costs nothing and warns of nothing', () => {
  const heard: Warning[] = [];
  const stop = onWarning((warning) => heard.push(warning));
  const logits = [
    [0.3, 0.7],
    [2, -1],
  ];
  const target = [
    [0, 0],
    [1, 0],
  ];
  expect(softmaxCrossEntropy(logits, target, { reduction: 'none' }).toList()).toEqual([
    0,
    expect.closeTo(0.0485873516, 6),
  ]);
  // Not that target and logits are exchanged either, where the logits are probabilities.
  softmaxCrossEntropy([[0.5, 0.5]], [[0, 0]]);
  expect(heard.map(({ code }) => code)).toEqual(['PROBABILITIES_AS_LOGITS']);
  stop();
  silence('PROBABILITIES_AS_LOGITS');
});
