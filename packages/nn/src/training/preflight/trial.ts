import { type Parameter, Random, type Tensor, tensor } from '@tapegrad/core';
import type { CallContext } from '../../layers/layer.ts';
import type { GradientSource } from '../../optimisers/optimiser.ts';

/** What can be called and trained: a `Sequential`, or anything like it. */
export interface Trainable {
  readonly parameters: readonly Parameter[];
  call(x: Tensor, context?: CallContext): Tensor;
}

/** What the checks have in common: a model that can be made anew, and samples to try it on. */
export interface Trial {
  readonly build: () => Trainable;
  readonly inputs: Tensor;
  readonly target: Tensor;
  readonly loss: (output: Tensor, target: Tensor) => Tensor;
  readonly optimiser: (parameters: readonly Parameter[]) => { step(gradients: GradientSource): void };
  readonly seed: number;
}

/** A call in training, with a stream of random numbers of its own. */
export function trainingFrom(seed: number): CallContext {
  return { training: true, random: new Random(seed) };
}

/** `count` samples from the one at `start` on: [count, …], a copy. */
export function samplesOf(x: Tensor, start: number, count: number): Tensor {
  const size = x.size / x.shape[0];
  const numbers = x.read().subarray(start * size, (start + count) * size);
  return tensor(numbers, { shape: [count, ...x.shape.slice(1)], dtype: x.dtype });
}
