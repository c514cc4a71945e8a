import { Parameter, square, sum, Tape } from '@tapegrad/core';
import { Adagrad, Adam, type GradientSource, SGD } from '@tapegrad/nn';
import type { Arguments } from '../numeric/arguments.ts';
import type { NumericOp, Outputs } from '../numeric/numericCase.ts';
import { Unsupported } from '../outcome.ts';

/** How many steps are taken; a case names those it has numbers for. */
const stepCount = 20;

/** Optimisers that minimise sum(x²); `x_after_k` is the parameter after step k. */
export const optimisers: Readonly<Record<string, NumericOp>> = {
  optimizer_sgd: (inputs) => minimise(inputs, (x) => new SGD([x], readRate(inputs))),
  optimizer_momentum: (inputs) => {
    const momentum = inputs.attributes.number('momentum') ?? 0.9;
    const nesterov = inputs.attributes.flag('nesterov');
    return minimise(inputs, (x) => new SGD([x], { ...readRate(inputs), momentum, nesterov }));
  },
  optimizer_adam: (inputs) => {
    const { attributes } = inputs;
    const betas = [attributes.number('beta1') ?? 0.9, attributes.number('beta2') ?? 0.999] as const;
    const epsilon = attributes.number('epsilon') ?? 1e-7;
    return minimise(inputs, (x) => new Adam([x], { ...readRate(inputs), betas, epsilon }));
  },
  optimizer_adagrad: (inputs) => {
    const { attributes } = inputs;
    const epsilon = attributes.number('epsilon') ?? 1e-7;
    // TensorFlow.js adds ε under the root, where it may as well have been from the start.
    const initialAccumulator = (attributes.number('initial_accumulator') ?? 0.1) + epsilon;
    return minimise(inputs, (x) => new Adagrad([x], { ...readRate(inputs), initialAccumulator, epsilon: 0 }));
  },
};

function readRate({ attributes }: Arguments): { learningRate: number } {
  return { learningRate: attributes.number('learning_rate') ?? 1e-3 };
}

function minimise(inputs: Arguments, make: (x: Parameter) => { step(gradients: GradientSource): void }): Outputs {
  const objective = inputs.attributes.text('objective') ?? 'sum(x^2)';
  if (objective !== 'sum(x^2)') throw new Unsupported(`objective ${objective}`);
  const x = new Parameter('x', inputs.tensor('x'));
  const optimiser = make(x);
  const outputs: Record<string, Outputs[string]> = {};
  for (let step = 1; step <= stepCount; step++) {
    using tape = new Tape();
    optimiser.step(tape.gradients(sum(square(tape.watch(x)))));
    outputs[`x_after_${step}`] = { shape: x.shape, numbers: x.toFlatArray() };
  }
  return outputs;
}
