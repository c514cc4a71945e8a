import { sigmoid, type Tensor, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double, uniform } from '../../../core/test/numbers.ts';
import { binaryCrossEntropy } from './binaryCrossEntropy.ts';
import { binaryCrossEntropyWithLogits } from './binaryCrossEntropyWithLogits.ts';

const p = [0.2, 0.7, 0.999, 1e-50, 1, 0];
const t = [0, 1, 0.5, 1, 0, 0];

test('gives the numbers of PyTorch, held at 100', () => {
  const wanted = [0.22314355131420976, 0.35667494393873245, 3.45437788965786, 100, 100, 0];
  expectClose(binaryCrossEntropy(double(p), double(t), { reduction: 'none' }), wanted, 1e-14);
  expectClose(
    binaryCrossEntropy(double(p), double(t)),
    wanted.reduce((total, one) => total + one / 6, 0),
    1e-14,
  );
});

test('has the gradient (p - t) / (p·(1 - p)), and none where a logarithm is held', () => {
  const loss = (x: Tensor): Tensor => binaryCrossEntropy(x, double(t), { reduction: 'sum' });
  const [gradient] = gradientTensors(loss, [p]);
  expectClose(gradient, [1.25, -1 / 0.7, 499.499499499499, 0, 0, 1], 1e-11);
  checkDerivatives(
    (x, t) => binaryCrossEntropy(x, t),
    [
      [0.2, 0.7, 0.9],
      [0.1, 0.8, 0.3],
    ],
  );
});

test.each(dataTypes)('of a sigmoid is the loss of its logits, in %s', (dtype) => {
  const logits = tensor(uniform([3, 4], { low: -4, high: 4 }), { dtype });
  const target = tensor(uniform([3, 4], { low: 0, high: 1, seed: 2 }), { dtype });
  const options = { exampleWeight: [1, 0, 3] };
  expectClose(
    binaryCrossEntropy(sigmoid(logits), target, options),
    binaryCrossEntropyWithLogits(logits, target, options),
    dtype === 'float64' ? 1e-13 : 1e-5,
  );
});

test('of nothing is NaN on average', () => {
  expect(binaryCrossEntropy([], []).item()).toBeNaN();
});

test('refuses what does not fit', () => {
  const messages = messagesOf({
    logits: () => binaryCrossEntropy([2], [1]),
    target: () => binaryCrossEntropy([0.5], [-1]),
    shapes: () => binaryCrossEntropy([0.5], [[1]]),
  });
  expect(messages.logits).toBe(
    'ValueError: binaryCrossEntropy: probabilities[0] is 2; wanted numbers from 0 to 1. Logits belong to `binaryCrossEntropyWithLogits`, or become probabilities by `sigmoid`.',
  );
  expect(messages.target).toContain('binaryCrossEntropy: target[0] is -1; wanted numbers from 0 to 1.');
  expect(messages.shapes).toContain('probabilities are [1], target is [1, 1]; wanted one shape for both');
});
