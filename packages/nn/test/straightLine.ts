import { multiply, Parameter, sum, type Tape, type Tensor, tensor } from '@tapegrad/core';
import { SGD } from '../src/index.ts';

/** A model of one weight whose loss is weight·batch: a step takes `batch` away from the weight. */
export function straightLine(start = 0) {
  const weight = new Parameter('weight', tensor([start]));
  const loss = (batch: number, tape: Tape): Tensor => sum(multiply(weight, tape.constant([batch])));
  return { weight, loss, optimiser: new SGD([weight], { learningRate: 1 }) };
}

/** What `fit` is told of such a model. */
export function straightTask(start = 0) {
  const { loss, optimiser } = straightLine(start);
  return { loss, optimiser };
}
