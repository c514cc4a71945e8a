import { ones, tensor, zeros } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { accuracy } from './accuracy.ts';
import { confusionMatrix } from './confusionMatrix.ts';

test('counts, for each right class, what was predicted', () => {
  const logits = tensor([
    [9, 0, 0],
    [0, 9, 0],
    [0, 9, 0],
    [0, 0, 9],
  ]);
  expect(confusionMatrix(logits, [0, 1, 2, 2])).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 1, 1],
  ]);
  expect(confusionMatrix(zeros([0, 2]), [])).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test('holds every row once, and those that are right on its diagonal', () => {
  const labels = fc.array(fc.nat(3), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(labels, fc.nat(), (labels, seed) => {
      const logits = tensor(uniform([labels.length, 4], { seed }));
      const matrix = confusionMatrix(logits, labels);
      const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
      expect(sum(matrix.flat())).toBe(labels.length);
      expect(sum(matrix.map((row, c) => row[c])) / labels.length).toBe(accuracy(logits, labels));
      expect(matrix.map(sum)).toEqual([0, 1, 2, 3].map((c) => labels.filter((label) => label === c).length));
    }),
  );
});

test('refuses what does not fit', () => {
  expect(
    messagesOf({
      'too few labels': () => confusionMatrix(ones([2, 3]), [0]),
      'a label out of range': () => confusionMatrix(ones([1, 3]), [3]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a label out of range": "ValueError: confusionMatrix: labels[0] is 3, with 3 classes; wanted whole numbers from 0 to 2. Check that the labels start at 0, and belong to these logits.",
      "too few labels": "ShapeError: confusionMatrix: logits are [2, 3], labels are [1]; wanted logits [batch, classes] and labels [batch]. Give one row of logits and one class index for each sample.",
    }
  `);
});
