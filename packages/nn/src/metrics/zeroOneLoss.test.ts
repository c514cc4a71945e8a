import { multiply, ones, Tape, tensor, zeros } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { accuracy } from './accuracy.ts';
import { zeroOneLoss } from './zeroOneLoss.ts';

const logits = tensor([
  [0.1, 0.7, 0.2],
  [3, -1, 2],
  [1, 2, 2],
]);

test('is the share of rows that are wrong', () => {
  expect(zeroOneLoss(logits, [1, 0, 1])).toBe(0);
  expect(zeroOneLoss(logits, [1, 0, 2])).toBe(1 / 3);
  expect(zeroOneLoss(logits, Uint8Array.of(0, 1, 2))).toBe(1);
  expect(zeroOneLoss(zeros([0, 3]), [])).toBeNaN();
});

test('is what is missing to the accuracy', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 9 }), fc.nat(), (labels, seed) => {
      const logits = tensor(uniform([labels.length, 4], { seed }));
      expect(zeroOneLoss(logits, labels)).toBeCloseTo(1 - accuracy(logits, labels), 15);
    }),
  );
});

test('is a plain number, also of logits on a tape, and writes nothing there', () => {
  using tape = new Tape();
  const recorded = multiply(tape.watch(logits), 2);
  const before = tape.steps.length;
  expect(zeroOneLoss(recorded, [1, 0, 2])).toBe(1 / 3);
  expect(tape.steps.length).toBe(before);
});

test('refuses what does not fit', () => {
  expect(
    messagesOf({
      'a single row': () => zeroOneLoss(ones([3]), [0]),
      'no classes': () => zeroOneLoss(ones([3, 0]), [0, 0, 0]),
      'too few labels': () => zeroOneLoss(logits, [1, 2]),
      'one-hot rows': () => zeroOneLoss(logits, zeros([3, 3])),
      'a label out of range': () => zeroOneLoss(logits, [1, 3, 2]),
      'a fractional label': () => zeroOneLoss(logits, [1, 0.5, 2]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a fractional label": "ValueError: zeroOneLoss: labels[1] is 0.5, with 3 classes; wanted whole numbers from 0 to 2. Check that the labels start at 0, and belong to these logits.",
      "a label out of range": "ValueError: zeroOneLoss: labels[1] is 3, with 3 classes; wanted whole numbers from 0 to 2. Check that the labels start at 0, and belong to these logits.",
      "a single row": "ShapeError: zeroOneLoss: logits are [3], labels are [1]; wanted logits [batch, classes] and labels [batch]. Give one row of logits and one class index for each sample.",
      "no classes": "ShapeError: zeroOneLoss: logits are [3, 0], labels are [3]; wanted logits [batch, classes] and labels [batch]. Give one row of logits and one class index for each sample.",
      "one-hot rows": "ShapeError: zeroOneLoss: logits are [3, 3], labels are [3, 3]; wanted logits [batch, classes] and labels [batch]. Give one row of logits and one class index for each sample.",
      "too few labels": "ShapeError: zeroOneLoss: logits are [3, 3], labels are [2]; wanted logits [batch, classes] and labels [batch]. Give one row of logits and one class index for each sample.",
    }
  `);
});
