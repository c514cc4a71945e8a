import { ShapeError } from '@tapegrad/core';
import { checkList, checkSurplus, wrongKind } from '@tapegrad/core/authors';
import type { ConfusionMatrix } from './confusionMatrix.ts';

/** A score from 0 to 1 for each class, and their plain mean over all classes, in which rare ones count as much. */
export interface ClassScores {
  readonly perClass: readonly number[];
  readonly macro: number;
}

/**
 * Precision of a class: right / predicted, the share of what was taken for it that is it. High for one who speaks up only
 * when sure. 0 for a class that was never predicted, where it is 0/0, as in scikit-learn.
 *
 * @param matrix counts `[right][predicted]`, of `confusionMatrix`
 * @example precision(confusionMatrix(tensor([[2, 1], [0, 3]]), [0, 0])).perClass // [1, 0]
 * @throws ShapeError when the matrix is not square, or empty
 */
export function precision(matrix: ConfusionMatrix, ...surplus: []): ClassScores {
  checkSurplus('precision', surplus);
  return scores('precision', matrix, ({ hits, predicted }) => share(hits, predicted));
}

/**
 * Recall of a class: right / present, the share of its samples that was found. High for one who misses nothing. 0 for a
 * class that does not occur, where it is 0/0, as in scikit-learn.
 *
 * @param matrix counts `[right][predicted]`, of `confusionMatrix`
 * @example recall(confusionMatrix(tensor([[2, 1], [0, 3]]), [0, 0])).perClass // [0.5, 0]
 * @throws ShapeError when the matrix is not square, or empty
 */
export function recall(matrix: ConfusionMatrix, ...surplus: []): ClassScores {
  checkSurplus('recall', surplus);
  return scores('recall', matrix, ({ hits, present }) => share(hits, present));
}

/**
 * F1 of a class: 2·right / (predicted + present), the harmonic mean of precision and recall: high only where both are. 0
 * for a class that neither occurs nor is predicted, where it is 0/0, as in scikit-learn.
 *
 * @param matrix counts `[right][predicted]`, of `confusionMatrix`
 * @example f1(confusionMatrix(tensor([[2, 1], [0, 3]]), [0, 1])).perClass // [1, 1]
 * @throws ShapeError when the matrix is not square, or empty
 */
export function f1(matrix: ConfusionMatrix, ...surplus: []): ClassScores {
  checkSurplus('f1', surplus);
  return scores('f1', matrix, ({ hits, predicted, present }) => share(2 * hits, predicted + present));
}

interface Counts {
  readonly hits: number;
  readonly predicted: number;
  readonly present: number;
}

function scores(operation: string, matrix: ConfusionMatrix, score: (counts: Counts) => number): ClassScores {
  checkSquare(operation, matrix);
  const perClass = matrix.map((row, c) =>
    score({ hits: row[c], predicted: total(matrix.map((other) => other[c])), present: total(row) }),
  );
  return { perClass, macro: total(perClass) / perClass.length };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

const advice = {
  wanted: 'a list of rows of counts',
  remedy: 'Take the matrix that `confusionMatrix` returns',
};

function checkSquare(operation: string, matrix: ConfusionMatrix): void {
  checkList(operation, 'matrix', matrix, advice);
  for (const [index, row] of matrix.entries()) {
    checkList(operation, `matrix[${index}]`, row, advice);
    const odd = [...row].findIndex((count) => typeof count !== 'number');
    if (odd >= 0) throw wrongKind(operation, `matrix[${index}][${odd}]`, row[odd], advice);
  }
  const isSquare = matrix.length > 0 && matrix.every((row) => row.length === matrix.length);
  if (isSquare) return;
  throw new ShapeError({
    operation,
    got: `a matrix with ${matrix.length} rows of ${[...new Set(matrix.map((row) => row.length))].join(' and ') || 'no'} counts`,
    wanted: 'one row and one column for each class',
    remedy: 'Take the matrix that `confusionMatrix` returns',
  });
}
