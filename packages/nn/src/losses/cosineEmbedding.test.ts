import type { Tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { double, uniform } from '../../../core/test/numbers.ts';
import { cosineEmbeddingLoss } from './cosineEmbedding.ts';

const first = [
  [1, 2, -1],
  [0.5, -1, 2],
  [3, 0, 1],
];
const second = [
  [2, 1, 0.5],
  [-1, 1, 1],
  [0.5, 2, -1],
];
const target = [1, -1, -1];

test('gives the numbers and gradients of PyTorch', () => {
  const loss = (a: Tensor, b: Tensor): Tensor =>
    cosineEmbeddingLoss(a, b, double(target), { margin: -0.2, reduction: 'none' });
  expectClose(
    loss(double(first), double(second)),
    [0.3763904355377877, 0.32598815766970946, 0.2690065559342254],
    1e-14,
  );
  const [byFirst, bySecond] = gradientTensors(loss, [first, second]);
  expectClose(
    byFirst,
    [
      [-0.25241339513948413, 0.029695693545785024, -0.19302200804781028],
      [-0.2639751874984365, 0.27597405965745414, 0.2039808267033482],
      [0.048304589153959854, 0.2760262237369016, -0.14491376746187265],
    ],
    1e-14,
  );
  expectClose(
    bySecond,
    [
      [0.059391387091594056, -0.23756554836657964, 0.23756554836654575],
      [0.16798421022626522, -0.29397236789597464, 0.46195657812228186],
      [0.407467282659237, -0.026288211784461814, 0.15115721776068172],
    ],
    1e-14,
  );
});

test('by hand: the same way, at right angles, opposite', () => {
  const [a, b] = [
    double([
      [2, 0],
      [2, 0],
      [2, 0],
    ]),
    double([
      [3, 0],
      [0, 1],
      [-1, 0],
    ]),
  ];
  expectClose(cosineEmbeddingLoss(a, b, double([1, 1, 1]), { reduction: 'none' }), [0, 1, 2], 1e-12);
  expectClose(cosineEmbeddingLoss(a, b, double([-1, -1, -1]), { reduction: 'none' }), [1, 0, 0], 1e-12);
  expectClose(cosineEmbeddingLoss(a, b, double([-1, -1, -1]), { margin: 0.4, exampleWeight: [1, 1, 0] }), 0.3, 1e-12);
});

test('of a vector of zeros is finite, and so is its gradient', () => {
  const loss = (a: Tensor, b: Tensor): Tensor => cosineEmbeddingLoss(a, b, double([1]));
  expect(loss(double([[0, 0]]), double([[1, 0]])).item()).toBe(1);
  const gradients = gradientTensors(loss, [[[0, 0]], [[1, 0]]]);
  expect(gradients.every((gradient) => gradient.toFlatArray().every(Number.isFinite))).toBe(true);
});

test('has the derivatives of its formula', () => {
  const loss = (a: Tensor, b: Tensor): Tensor => cosineEmbeddingLoss(a, b, double(target), { margin: -0.9 });
  checkDerivatives(loss, [uniform([3, 4]), uniform([3, 4], { seed: 2 })]);
});

test('refuses what does not fit', () => {
  const messages = messagesOf({
    shapes: () => cosineEmbeddingLoss([[1, 2]], [[1, 2, 3]], [1]),
    vector: () => cosineEmbeddingLoss([1, 2], [1, 2], [1]),
    answers: () => cosineEmbeddingLoss(first, second, [1, -1]),
    answer: () => cosineEmbeddingLoss(first, second, [1, 0, 1]),
    margin: () => cosineEmbeddingLoss(first, second, target, { margin: 2 }),
  });
  expect(messages.shapes).toContain(
    'cosineEmbeddingLoss: first is [1, 2], second is [1, 3]; wanted the same shape [batch, features] for all',
  );
  expect(messages.vector).toContain('first is [2], second is [2]; wanted');
  expect(messages.answers).toContain('target is [2], for pairs of shape [3, 3]; wanted [3], one for each pair');
  expect(messages.answer).toContain('target[1] is 0; wanted 1 or -1');
  expect(messages.margin).toContain('margin is 2; wanted a number from -1 to 1');
});
