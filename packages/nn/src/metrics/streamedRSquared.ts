import { checkSurplus } from '@tapegrad/core/authors';
import { readSides } from './regression.ts';
import { readBatch, type StreamingMetric } from './streaming.ts';

/**
 * R² = 1 - Σ(target - prediction)² / Σ(target - mean of targets)², over batches, in memory that does not grow: `rSquared` of
 * all of them together, up to rounding. NaN before the first batch.
 *
 * The mean is not known before the last batch. So each target t, as the n-th, moves the mean by (t - mean) / n, and the sum
 * of squares grows by the product of its distances from the mean before and after.
 *
 * Source: Welford, "Note on a method for calculating corrected sums of squares and products", 1962.
 *
 * @throws DataTypeError when `update` is not given outputs and targets
 * @throws ShapeError when their shapes differ
 * @example
 * const running = streamedRSquared();
 * running.update(tensor([1, 2]), [1, 2]);
 * running.update(tensor([4]), [3]);
 * running.result() // 0.5
 */
export function streamedRSquared(...surplus: []): StreamingMetric {
  checkSurplus('streamedRSquared', surplus);
  let [count, mean, whole, left] = [0, 0, 0, 0];
  return {
    update(outputs, targets) {
      const [predicted, wanted] = readSides('streamedRSquared', ...readBatch('streamedRSquared', outputs, targets));
      wanted.forEach((target, at) => {
        const before = target - mean;
        count++;
        mean += before / count;
        whole += before * (target - mean);
        left += (target - predicted[at]) ** 2;
      });
    },
    result() {
      if (count === 0) return Number.NaN;
      if (whole === 0) return left === 0 ? 1 : 0;
      return 1 - left / whole;
    },
    reset() {
      [count, mean, whole, left] = [0, 0, 0, 0];
    },
  };
}
