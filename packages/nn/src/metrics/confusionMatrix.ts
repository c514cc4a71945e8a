import type { Tensor, TensorLike } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import { predictions } from './accuracy.ts';
import { readLabels } from './classLabels.ts';

/** Counts of rows: `matrix[right][predicted]`, one row for each right class and one column for each predicted one. */
export type ConfusionMatrix = readonly (readonly number[])[];

/**
 * Counts how often each class was taken for which: `matrix[3][5]` is the number of threes taken for fives. What was right
 * stands on the diagonal. Matrices of several batches may be added up.
 *
 * @param logits `[batch, classes]`
 * @param labels class indices `[batch]`
 * @example confusionMatrix(tensor([[2, 1], [0, 3]]), [0, 0]) // [[1, 1], [0, 0]]
 * @throws ShapeError when there is not one label for each row
 * @throws ValueError when a label is out of range
 */
export function confusionMatrix(logits: Tensor, labels: TensorLike, ...surplus: []): ConfusionMatrix {
  checkSurplus('confusionMatrix', surplus);
  const right = readLabels('confusionMatrix', logits, labels);
  const classes = logits.shape[1];
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  predictions(logits).forEach((predicted, row) => {
    matrix[right[row]][predicted]++;
  });
  return matrix;
}
