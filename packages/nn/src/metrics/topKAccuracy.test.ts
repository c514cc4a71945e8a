import { ones, tensor, zeros } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { double, uniform } from '../../../core/test/numbers.ts';
import { accuracy } from './accuracy.ts';
import { topKAccuracy } from './topKAccuracy.ts';

const logits = tensor([
  [0.1, 0.7, 0.2],
  [3, -1, 2],
]);

test('is the share of rows whose right class is among the k largest', () => {
  expect([1, 2, 3].map((k) => topKAccuracy(logits, [1, 2], { k }))).toEqual([0.5, 1, 1]);
  expect([1, 2, 3].map((k) => topKAccuracy(logits, [0, 1], { k }))).toEqual([0, 0, 1]);
  expect(topKAccuracy(zeros([0, 3]), [], { k: 1 })).toBeNaN();
});

test('counts the first of equals as larger', () => {
  expect([0, 1, 2].map((label) => topKAccuracy(tensor([[5, 5, 5]]), [label], { k: 2 }))).toEqual([1, 1, 0]);
});

test('takes a NaN for a miss', () => {
  expect(topKAccuracy(double([[Number.NaN, 1]]), [0], { k: 2 })).toBe(0);
});

test('is the accuracy for k = 1, grows with k, and ends at 1', () => {
  const labels = fc.array(fc.nat(4), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(labels, fc.nat(), (labels, seed) => {
      const logits = tensor(uniform([labels.length, 5], { seed }));
      const shares = [1, 2, 3, 4, 5].map((k) => topKAccuracy(logits, labels, { k }));
      expect(shares[0]).toBe(accuracy(logits, labels));
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares[4]).toBe(1);
    }),
  );
});

test('refuses what does not fit', () => {
  expect(
    messagesOf({
      'a single row': () => topKAccuracy(ones([3]), [0], { k: 1 }),
      'a label out of range': () => topKAccuracy(logits, [0, -1], { k: 1 }),
      'k of 0': () => topKAccuracy(logits, [0, 1], { k: 0 }),
      'more than all': () => topKAccuracy(logits, [0, 1], { k: 4 }),
      'half a class': () => topKAccuracy(logits, [0, 1], { k: 1.5 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a label out of range": "ValueError: topKAccuracy: labels[1] is -1, with 3 classes; wanted whole numbers from 0 to 2. Check that the labels start at 0, and belong to these logits.",
      "a single row": "ShapeError: topKAccuracy: logits are [3], labels are [1]; wanted logits [batch, classes] and labels [batch]. Give one row of logits and one class index for each sample.",
      "half a class": "ValueError: topKAccuracy: k is 1.5, with 3 classes; wanted a whole number from 1 to 3. Usual values are 1, 3 and 5.",
      "k of 0": "ValueError: topKAccuracy: k is 0, with 3 classes; wanted a whole number from 1 to 3. Usual values are 1, 3 and 5.",
      "more than all": "ValueError: topKAccuracy: k is 4, with 3 classes; wanted a whole number from 1 to 3. Usual values are 1, 3 and 5.",
    }
  `);
});
