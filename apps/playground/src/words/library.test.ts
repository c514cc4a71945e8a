import { expect, test } from 'vitest';
import { explained } from './library.ts';

test.each([
  [
    'fit: after 100 steps the mean loss of the last 100 is 0.6951, that of guessing among 2 classes is 0.6931. Check the labels.',
    'After 100 steps the loss is 0.6951, no better than guessing among 2 classes (0.6931).',
  ],
  [
    'row 1 of the target sums to 0.9. Divide it by its sum.',
    'The target of row 1 is no distribution: it sums to 0.9 instead of 1. The gradient is then (Σ t)·p − t instead of p − t.',
  ],
  [
    'row 1 of the target holds -0.5. Take no number below 0.',
    'The target of row 1 is no distribution: it holds -0.5, and probabilities are at least 0. The gradient is then (Σ t)·p − t instead of p − t.',
  ],
])('a number at the end of a sentence is taken without its full stop: %s', (message, words) => {
  expect(explained(undefined, message).en).toBe(words);
});
