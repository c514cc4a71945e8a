import type { Tensor, TensorLike } from '@tapegrad/core';
import { gradientsOf } from '../../core/test/gradients.ts';
import { double } from '../../core/test/numbers.ts';
import { type SoftmaxCrossEntropyOptions, softmaxCrossEntropy } from '../src/index.ts';

/** The gradient of the cross-entropy by the logits; of all losses together where they are not reduced. */
export function pull(logits: Tensor, target: TensorLike, options: SoftmaxCrossEntropyOptions = {}): Tensor {
  return double(gradientsOf((x) => softmaxCrossEntropy(x, target, options), [logits])[0]);
}
