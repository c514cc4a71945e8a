import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { rocArea, rocCurve } from './rocCurve.ts';

test('by hand, with two equal scores as one point', () => {
  expect(rocCurve([0.9, 0.8, 0.8, 0.1], [1, 0, 1, 0])).toEqual({
    falsePositiveRates: [0, 0, 0.5, 1],
    truePositiveRates: [0, 0.5, 1, 1],
    thresholds: [Infinity, 0.9, 0.8, 0.1],
  });
  expect(rocArea([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])).toBe(0.75);
});

test('the area is how often a positive lies above a negative, equal ones counted half', () => {
  const sample = fc.record({ score: fc.integer({ min: 0, max: 6 }), label: fc.constantFrom(0, 1) });
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 20 }), (samples) => {
      const all = [...samples, { score: 3, label: 0 }, { score: 3, label: 1 }];
      const [positives, negatives] = [1, 0].map((label) => all.filter((each) => each.label === label));
      let wins = 0;
      for (const p of positives)
        for (const n of negatives) wins += p.score > n.score ? 1 : p.score === n.score ? 0.5 : 0;
      const area = rocArea(
        all.map(({ score }) => score),
        all.map(({ label }) => label),
      );
      expect(area).toBeCloseTo(wins / (positives.length * negatives.length), 12);
    }),
  );
});

test('says what does not fit', () => {
  expect(
    messagesOf({
      'three classes': () => rocArea([0.1, 0.2], [0, 2]),
      'one class': () => rocCurve([0.1, 0.2], [1, 1]),
      'a NaN': () => rocArea([Number.NaN, 0.2], [1, 0]),
      'too few labels': () => rocArea([0.1, 0.2], [1]),
      'two columns': () => rocArea([[0.1, 0.9]], [1]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a NaN": "ValueError: rocArea: scores[0] is NaN; wanted numbers. Look at where the model’s outputs became NaN.",
      "one class": "ValueError: rocCurve: 2 positives and 0 negatives; wanted at least one of each. Measure on samples of both classes.",
      "three classes": "ValueError: rocArea: labels[1] is 2; wanted 0 or 1. Of several classes, take one against the others: 1 where it is that class.",
      "too few labels": "ShapeError: rocArea: 2 scores and 1 labels; wanted as many labels as scores. Give one label, 0 or 1, for each score.",
      "two columns": "ShapeError: rocArea: scores are [1, 2]; wanted [batch], or [batch, 1]. Take the score of one class: \`slice(probabilities, [null, 1])\`.",
    }
  `);
});
