import { add, multiply, type Tensor } from '@tapegrad/core';

/** (1 - momentum)·old + momentum·seen·factor: how running statistics follow those of the batches. */
export function movingAverage(old: Tensor, seen: Tensor, momentum: number, factor = 1): Tensor {
  return add(multiply(old, 1 - momentum), multiply(multiply(seen, factor), momentum));
}
