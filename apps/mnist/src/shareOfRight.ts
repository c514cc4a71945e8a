import type { Tensor } from '@tapegrad/core';
import type { Batch } from '@tapegrad/datasets';

/** The share of rows whose largest logit is that of the label; written out, for an op would be noted on the tape. */
export function shareOfRight(logits: Tensor, labels: Batch['labels']): number {
  const [rows, classes] = logits.shape;
  const numbers = logits.read();
  let right = 0;
  for (let row = 0; row < rows; row++) {
    let named = 0;
    for (let at = 1; at < classes; at++) if (numbers[row * classes + at] > numbers[row * classes + named]) named = at;
    if (named === labels.get(row)) right++;
  }
  return right / rows;
}
