import type { Tensor } from '@tapegrad/core';
import { checkFunction, checkSurplus } from '@tapegrad/core/authors';
import { readBatch, type StreamingMetric } from './streaming.ts';

/**
 * Σ_b n_b·m_b / Σ_b n_b: the mean of a metric over batches b of n_b examples, in memory that does not grow. It is that of
 * all examples together, up to rounding, for metrics that are means over examples: `accuracy`, `topKAccuracy`,
 * `zeroOneLoss`, `meanAbsoluteError`, losses without weights for classes and without an `ignoreIndex`. A batch of no
 * examples counts nothing; NaN before the first.
 *
 * @param metric a function of outputs `[batch, …]` and targets
 * @throws DataTypeError when the metric is no function, or `update` is not given outputs and targets
 * @example
 * const running = averaged(accuracy);
 * running.update(tensor([[2, 1], [0, 3]]), [0, 0]);
 * running.update(tensor([[2, 1]]), [0]);
 * running.result() // 0.6667
 */
export function averaged(
  metric: (outputs: Tensor, targets: Tensor) => number | Tensor,
  ...surplus: []
): StreamingMetric {
  checkSurplus('averaged', surplus);
  checkFunction('averaged', 'metric', metric, 'Give a function of outputs and targets: `averaged(accuracy)`');
  let [total, examples] = [0, 0];
  return {
    update(outputs, targets) {
      const [output, target] = readBatch('averaged', outputs, targets);
      const count = output.shape[0] ?? 1;
      if (count === 0) return;
      const value = metric(output, target);
      total += count * (typeof value === 'number' ? value : value.item());
      examples += count;
    },
    result: () => total / examples,
    reset() {
      [total, examples] = [0, 0];
    },
  };
}
