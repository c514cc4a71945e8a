import { log, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { expectedCalibrationError, reliabilityDiagram } from './calibration.ts';

/** Logits with these probabilities. */
const logits = log(
  tensor(
    [
      [0.95, 0.05],
      [0.9, 0.1],
      [0.35, 0.65],
      [0.45, 0.55],
    ],
    { dtype: 'float64' },
  ),
);
const labels = [0, 1, 1, 1];

test('by hand: each sample falls into the bin of its largest probability', () => {
  const bins = reliabilityDiagram(logits, labels, { bins: 5 });
  expect(bins.map(({ from, to, count }) => [from, to, count])).toEqual([
    [0, 0.2, 0],
    [0.2, 0.4, 0],
    [0.4, 0.6, 1],
    [0.6, 0.8, 1],
    [0.8, 1, 2],
  ]);
  expect(bins[4].confidence).toBeCloseTo(0.925, 12);
  expect(bins[4].accuracy).toBe(0.5);
  expect(bins[0].accuracy).toBeNaN();
});

test('the error is the mean distance, by how many samples are in a bin', () => {
  // All together: confidence (0.95 + 0.9 + 0.65 + 0.55) / 4 = 0.7625, and three of four are right.
  expect(expectedCalibrationError(logits, labels, { bins: 1 })).toBeCloseTo(0.0125, 12);
  // Each by itself.
  expect(expectedCalibrationError(logits, labels, { bins: 20 })).toBeCloseTo((0.05 + 0.9 + 0.35 + 0.45) / 4, 12);
  // The first two share a bin: |1/2 - 0.925|, twice.
  expect(expectedCalibrationError(logits, labels, { bins: 5 })).toBeCloseTo((2 * 0.425 + 0.35 + 0.45) / 4, 12);
});

test('says what does not fit', () => {
  expect(
    messagesOf({
      'no bins': () => reliabilityDiagram(logits, labels, { bins: 0 }),
      'no class': () => expectedCalibrationError(logits, [0, 1, 2, 1]),
      'too few labels': () => expectedCalibrationError(logits, [0]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "no bins": "ValueError: reliabilityDiagram: bins is 0; wanted a whole number of at least 1. Usual values are 10 to 20.",
      "no class": "ValueError: expectedCalibrationError: labels[2] is 2, with 2 classes; wanted whole numbers from 0 to 1. Check that the labels start at 0, and belong to these logits.",
      "too few labels": "ShapeError: expectedCalibrationError: logits are [4, 2], labels are [1]; wanted logits [batch, classes] and labels [batch]. Give one row of logits and one class index for each sample.",
    }
  `);
});
