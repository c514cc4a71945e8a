import { type Tensor, type TensorLike, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { readLabels } from './classLabels.ts';

export interface TopKAccuracyOptions {
  /** How many classes count as right: from 1 to their number. */
  readonly k: number;
}

const topKOptions: OptionNames<TopKAccuracyOptions> = { k: 'required' };

/**
 * The share of rows where the right class is among those with the k largest logits, from 0 to 1; NaN for no rows. Of equal
 * logits the first counts as larger, so that for k = 1 it is the `accuracy`. A right class with a logit of NaN is a miss.
 *
 * @param logits `[batch, classes]`
 * @param labels class indices `[batch]`
 * @example topKAccuracy(tensor([[3, 2, 1]]), [1], { k: 2 }) // 1
 * @throws ShapeError when there is not one label for each row
 * @throws ValueError when a label or k is out of range
 */
export function topKAccuracy(logits: Tensor, labels: TensorLike, options: TopKAccuracyOptions, ...surplus: []): number {
  checkSurplus('topKAccuracy', surplus);
  const { k } = checkOptions('topKAccuracy', options, topKOptions);
  const right = readLabels('topKAccuracy', logits, labels);
  const classes = logits.shape[1];
  if (!(Number.isInteger(k) && k >= 1 && k <= classes)) {
    throw new ValueError({
      operation: 'topKAccuracy',
      got: `k is ${k}, with ${classes} classes`,
      wanted: `a whole number from 1 to ${classes}`,
      remedy: 'Usual values are 1, 3 and 5',
    });
  }
  const numbers = logits.read();
  const isHit = (label: number, row: number): boolean => {
    const scores = numbers.subarray(row * classes, (row + 1) * classes);
    const own = scores[label];
    const ahead = scores.filter((score, c) => score > own || (score === own && c < label)).length;
    return !Number.isNaN(own) && ahead < k;
  };
  return right.filter(isHit).length / right.length;
}
