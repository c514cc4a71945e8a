import { detach, Tensor, type TensorLike, tensor } from '@tapegrad/core';
import { checkTensor, checkTensorLike } from '@tapegrad/core/authors';

/**
 * A metric that is told one batch after the other, and keeps no outputs: `update` for each batch, `result` over all since
 * `reset`. What Keras and torchmetrics call a metric; ready ones are made by `averaged`, `summed` and `streamedRSquared`.
 */
export interface StreamingMetric<Result = number> {
  /** Takes in one batch of outputs, and what is right for it. Nothing is written on a tape. */
  update(outputs: Tensor, targets: TensorLike): void;
  /** The metric of all batches so far. */
  result(): Result;
  /** Forgets all batches. */
  reset(): void;
}

/** Whether this is told batch by batch, and no function of all outputs. */
export function isStreaming(metric: unknown): metric is StreamingMetric<unknown> {
  const { update, result, reset } = (metric ?? {}) as Partial<Record<'update' | 'result' | 'reset', unknown>>;
  return [update, result, reset].every((each) => typeof each === 'function');
}

/**
 * Outputs and targets of a batch as two tensors of no tape, so that measuring while training writes no steps.
 *
 * @throws DataTypeError when they are not a tensor and numbers
 */
export function readBatch(
  operation: string,
  outputs: Tensor,
  targets: TensorLike,
): readonly [outputs: Tensor, targets: Tensor] {
  checkTensor(operation, 'outputs', outputs, 'Give the model’s outputs first, then the targets');
  checkTensorLike(operation, 'targets', targets);
  const right = targets instanceof Tensor ? targets : tensor(targets, { dtype: outputs.dtype });
  const [output, target] = [outputs, right].map((x) => (x.tape === null ? x : detach(x)));
  return [output, target];
}
