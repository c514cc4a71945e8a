import { tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { balancedAccuracy } from './balancedAccuracy.ts';
import { confusionMatrix } from './confusionMatrix.ts';
import { recall } from './precisionRecall.ts';

test('by hand: a class of one counts as much as one of three', () => {
  const logits = tensor([
    [2, 1],
    [2, 1],
    [2, 1],
    [2, 1],
  ]);
  expect(balancedAccuracy(logits, [0, 0, 0, 1])).toBe(0.5);
});

test('is the mean recall of the classes that occur', () => {
  const row = fc.record({
    label: fc.integer({ min: 0, max: 3 }),
    logits: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
      const [logits, labels] = [tensor(rows.map(({ logits }) => logits)), rows.map(({ label }) => label)];
      const { perClass } = recall(confusionMatrix(logits, labels));
      const present = perClass.filter((_, label) => labels.includes(label));
      expect(balancedAccuracy(logits, labels)).toBeCloseTo(present.reduce((a, b) => a + b) / present.length, 12);
    }),
  );
});

test('refuses labels that are no class', () => {
  expect(() => balancedAccuracy(tensor([[1, 2]]), [2])).toThrow('balancedAccuracy: labels[0] is 2, with 2 classes');
});
