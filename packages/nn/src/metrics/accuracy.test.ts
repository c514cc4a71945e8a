import { ones, tensor, zeros } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { double } from '../../../core/test/numbers.ts';
import { accuracy, predictions } from './accuracy.ts';

const logits = tensor([
  [0.1, 0.7, 0.2],
  [3, -1, 2],
  [-5, -4, -3],
  [1, 2, 2],
]);

test('predictions are the classes of the largest logits, the first of equals', () => {
  expect(predictions(logits)).toEqual(Uint32Array.of(1, 0, 2, 1));
  expect(predictions(double([[-Infinity, -1e308]]))).toEqual(Uint32Array.of(1));
  expect(predictions(zeros([0, 3]))).toEqual(new Uint32Array());
});

test('accuracy is the share of those that are right', () => {
  expect(accuracy(logits, [1, 0, 2, 1])).toBe(1);
  expect(accuracy(logits, [1, 0, 2, 2])).toBe(0.75);
  expect(accuracy(logits, [0, 1, 0, 0])).toBe(0);
});

test('labels come in any form', () => {
  for (const labels of [Uint8Array.of(1, 0, 0, 0), tensor([1, 0, 0, 0]), double([1, 0, 0, 0])]) {
    expect(accuracy(logits, labels)).toBe(0.5);
  }
});

test('the accuracy of no rows is NaN', () => {
  expect(accuracy(zeros([0, 3]), [])).toBeNaN();
});

test('refuses what does not fit', () => {
  expect(
    messagesOf({
      'a single row': () => predictions(ones([3])),
      'no classes': () => predictions(ones([3, 0])),
      'images for logits': () => accuracy(ones([2, 3, 4, 4]), [0, 1]),
      'too few labels': () => accuracy(logits, [1, 2]),
      'a column of labels': () => accuracy(logits, [[1], [0], [2], [1]]),
      'one-hot rows': () => accuracy(logits, zeros([4, 3])),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a column of labels": "ShapeError: accuracy: logits are [4, 3], labels are [4, 1]; wanted labels of shape [4]. Give one class index for each row.",
      "a single row": "ShapeError: predictions: logits are [3]; wanted [batch, classes]. Reshape them so that each row holds the logits of one sample.",
      "images for logits": "ShapeError: predictions: logits are [2, 3, 4, 4]; wanted [batch, classes]. Reshape them so that each row holds the logits of one sample.",
      "no classes": "ShapeError: predictions: logits are [3, 0]; wanted [batch, classes]. Reshape them so that each row holds the logits of one sample.",
      "one-hot rows": "ShapeError: accuracy: logits are [4, 3], labels are [4, 3]; wanted labels of shape [4]. Give one class index for each row.",
      "too few labels": "ShapeError: accuracy: logits are [4, 3], labels are [2]; wanted labels of shape [4]. Give one class index for each row.",
    }
  `);
});
