import type { Tensor, TensorLike } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import { predictions } from './accuracy.ts';
import { readLabels } from './classLabels.ts';

/**
 * Zero-one loss: the share of rows whose largest logit is not that of the right class, from 0 to 1; 1 - `accuracy`. NaN
 * for no rows.
 *
 * It is what one would like to make small, and it cannot be trained on. It is flat: a small step of the logits leaves the
 * largest one the largest, so that the slope is 0 almost everywhere, and where it is not, the loss jumps and has no slope
 * at all. The losses in `losses` stand in for it because they slope. So this is a metric: it gives a plain number, and
 * writes nothing on the tape of the logits.
 *
 * @param logits `[batch, classes]`
 * @param labels class indices `[batch]`
 * @example zeroOneLoss(tensor([[2, 1], [0, 3]]), [0, 0]) // 0.5
 * @throws ShapeError when there is not one label for each row
 * @throws ValueError when a label is out of range
 */
export function zeroOneLoss(logits: Tensor, labels: TensorLike, ...surplus: []): number {
  checkSurplus('zeroOneLoss', surplus);
  const right = readLabels('zeroOneLoss', logits, labels);
  return predictions(logits).filter((predicted, row) => predicted !== right[row]).length / right.length;
}
