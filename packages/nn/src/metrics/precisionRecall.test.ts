import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { f1, precision, recall } from './precisionRecall.ts';

const matrix = [
  [3, 1, 0],
  [0, 2, 2],
  [1, 1, 0],
];

test('by hand', () => {
  expect(precision(matrix)).toEqual({ perClass: [3 / 4, 2 / 4, 0], macro: (3 / 4 + 2 / 4) / 3 });
  expect(recall(matrix)).toEqual({ perClass: [3 / 4, 2 / 4, 0], macro: (3 / 4 + 2 / 4) / 3 });
  expect(
    recall([
      [1, 3],
      [0, 4],
    ]),
  ).toEqual({ perClass: [0.25, 1], macro: 0.625 });
  expect(
    precision([
      [1, 3],
      [0, 4],
    ]),
  ).toEqual({ perClass: [1, 4 / 7], macro: 11 / 14 });
  expect(
    f1([
      [1, 3],
      [0, 4],
    ]).perClass,
  ).toEqual([2 / 5, 8 / 11]);
});

test('are 0 where they are 0/0, and count there too', () => {
  // Class 1 is never predicted, class 2 does not occur, class 3 neither.
  const empty = [
    [2, 0, 0, 0],
    [1, 0, 1, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ];
  expect(precision(empty)).toEqual({ perClass: [2 / 3, 0, 0, 0], macro: 1 / 6 });
  expect(recall(empty)).toEqual({ perClass: [1, 0, 0, 0], macro: 0.25 });
  expect(f1(empty)).toEqual({ perClass: [0.8, 0, 0, 0], macro: 0.2 });
});

test('F1 is the harmonic mean of the two', () => {
  const counts = fc.array(fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(counts, (matrix) => {
      const [p, r, both] = [precision, recall, f1].map((score) => score(matrix).perClass);
      both.forEach((score, c) => {
        expect(score).toBeCloseTo(p[c] + r[c] === 0 ? 0 : (2 * p[c] * r[c]) / (p[c] + r[c]), 12);
      });
    }),
  );
});

test('refuses what does not fit', () => {
  expect(
    messagesOf({
      nothing: () => precision([]),
      'more rows than columns': () => recall([[1], [2]]),
      'ragged rows': () => f1([[1, 2], [3]]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "more rows than columns": "ShapeError: recall: a matrix with 2 rows of 1 counts; wanted one row and one column for each class. Take the matrix that \`confusionMatrix\` returns.",
      "nothing": "ShapeError: precision: a matrix with 0 rows of no counts; wanted one row and one column for each class. Take the matrix that \`confusionMatrix\` returns.",
      "ragged rows": "ShapeError: f1: a matrix with 2 rows of 2 and 1 counts; wanted one row and one column for each class. Take the matrix that \`confusionMatrix\` returns.",
    }
  `);
});
