import type { Tensor, TensorLike } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import { predictions } from './accuracy.ts';
import { readLabels } from './classLabels.ts';

/**
 * The mean over classes of the share of their samples that were found: accuracy in which rare classes count as much as
 * common ones. Classes that do not occur are left out, as in scikit-learn; NaN for no rows.
 *
 * @param logits `[batch, classes]`
 * @param labels class indices `[batch]`
 * @throws ShapeError when there is not one label for each row
 * @throws ValueError when a label is no class
 * @example balancedAccuracy(tensor([[2, 1], [3, 0], [1, 5]]), [0, 0, 1]) // 1
 */
export function balancedAccuracy(logits: Tensor, labels: TensorLike, ...surplus: []): number {
  checkSurplus('balancedAccuracy', surplus);
  const wanted = readLabels('balancedAccuracy', logits, labels);
  const predicted = predictions(logits);
  const classes = new Map<number, { found: number; present: number }>();
  wanted.forEach((label, row) => {
    const counts = classes.get(label) ?? { found: 0, present: 0 };
    counts.present++;
    if (predicted[row] === label) counts.found++;
    classes.set(label, counts);
  });
  let total = 0;
  for (const { found, present } of classes.values()) total += found / present;
  return total / classes.size;
}
