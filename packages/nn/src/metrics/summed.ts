import { formatShape, ShapeError, type Tensor, ValueError } from '@tapegrad/core';
import { checkFunction, checkSurplus } from '@tapegrad/core/authors';
import { readBatch, type StreamingMetric } from './streaming.ts';

/** What can be added number by number. */
type Matrix = readonly (readonly number[])[];

/**
 * Σ_b M_b: the sum of a metric that is a matrix of counts, over batches b, in memory that does not grow. From the sum of
 * `confusionMatrix` follow `precision`, `recall` and `f1`; the mean of its recalls is the `balancedAccuracy`.
 *
 * @param metric a function of outputs and targets, which gives matrices of one shape
 * @throws DataTypeError when the metric is no function, or `update` is not given outputs and targets
 * @throws ShapeError when a batch gives a matrix of another shape
 * @throws ValueError when the result is asked for before the first batch
 * @example
 * const running = summed(confusionMatrix);
 * running.update(tensor([[2, 1], [0, 3]]), [0, 0]);
 * running.update(tensor([[2, 1]]), [0]);
 * running.result() // [[2, 1], [0, 0]]
 */
export function summed(metric: (outputs: Tensor, targets: Tensor) => Matrix, ...surplus: []): StreamingMetric<Matrix> {
  checkSurplus('summed', surplus);
  checkFunction('summed', 'metric', metric, 'Give a function of outputs and targets: `summed(confusionMatrix)`');
  let total: Matrix | undefined;
  return {
    update(outputs, targets) {
      const [output, target] = readBatch('summed', outputs, targets);
      const counts = metric(output, target);
      total = total === undefined ? counts : add(total, counts);
    },
    result() {
      if (total) return total;
      throw new ValueError({
        operation: 'summed',
        got: 'no batch yet',
        wanted: 'at least one',
        remedy: 'Call `update(outputs, targets)` for each batch first',
      });
    },
    reset() {
      total = undefined;
    },
  };
}

function add(total: Matrix, counts: Matrix): Matrix {
  const [before, now] = [total, counts].map((matrix) => [matrix.length, matrix[0]?.length ?? 0]);
  if (String(before) === String(now)) {
    return total.map((row, at) => row.map((count, column) => count + counts[at][column]));
  }
  throw new ShapeError({
    operation: 'summed',
    got: `a matrix of shape ${formatShape(now)} behind one of ${formatShape(before)}`,
    wanted: 'one shape for all batches',
    remedy: 'Measure outputs of one model, with the same classes in each batch',
  });
}
