import { multiply, type Tensor, tensor } from '@tapegrad/core';
import { adagrad, adam, sgd } from '@tapegrad/nn/authors';
import { MalformedCase } from '../outcome.ts';
import type { Node, OnnxOp } from './node.ts';
import type { Value } from './value.ts';

type Floats = Float32Array | Float64Array;

/*
 * ONNX hands an optimiser its state and takes it back, so these call the loops that the optimisers are made of. T counts
 * the steps before this one: at T = 0 Momentum takes its β as 1, and Adam corrects nothing.
 */
export const optimisers: Readonly<Record<string, OnnxOp>> = {
  Momentum: (node) => {
    const alpha = required(node, 'alpha');
    const beta = required(node, 'beta');
    const isNesterov = node.attributes.choice('mode', ['standard', 'nesterov'], 'standard') === 'nesterov';
    const decay = node.attributes.number('norm_coefficient') ?? 0;
    const [rate, step] = rateAndStep(node);
    const dampening = 1 - (step > 0 ? beta : 1);
    return updated(node, 1, (x, gradient, [velocity]) => {
      sgd(x, gradient, velocity, x.length, rate, alpha, dampening, decay, isNesterov, false);
    });
  },
  Adam: (node) => {
    const alpha = node.attributes.number('alpha') ?? 0.9;
    const beta = node.attributes.number('beta') ?? 0.999;
    const epsilon = node.attributes.number('epsilon') ?? 1e-6;
    const decay = node.attributes.number('norm_coefficient') ?? 0;
    const decayAfter = node.attributes.number('norm_coefficient_post') ?? 0;
    const [rate, step] = rateAndStep(node);
    // Infinitely many steps are what leaves nothing to correct.
    const count = step > 0 ? step : Number.POSITIVE_INFINITY;
    // ONNX adds ε to √h before the correction, tapegrad and PyTorch after it.
    const own = epsilon / Math.sqrt(1 - beta ** count);
    const results = updated(node, 2, (x, gradient, [m, v]) => {
      adam(x, gradient, m, v, null, x.length, rate, alpha, beta, own, decay, count);
    });
    const parameters = (node.inputCount - 2) / 4;
    return results.map((value, index) =>
      index < parameters ? { ...value, tensor: multiply(value.tensor, 1 - decayAfter) } : value,
    );
  },
  Adagrad: (node) => {
    const epsilon = node.attributes.number('epsilon') ?? 1e-6;
    const decay = node.attributes.number('norm_coefficient') ?? 0;
    const rateDecay = node.attributes.number('decay_factor') ?? 0;
    const [rate, step] = rateAndStep(node);
    return updated(node, 1, (x, gradient, [total]) => {
      adagrad(x, gradient, total, x.length, rate, rateDecay, epsilon, decay, step + 1);
    });
  },
};

function rateAndStep(node: Node): [rate: number, step: number] {
  const [rate, step] = [node.scalar(0), node.scalar(1)];
  if (rate === undefined || step === undefined) throw new MalformedCase(`${node.op} without R or T`);
  return [rate, step];
}

/**
 * Inputs are R, T, then all parameters, all gradients and `states` times all of a state; outputs are the new parameters
 * and the new states, in that order.
 */
function updated(
  node: Node,
  states: number,
  step: (x: Floats, gradient: Floats, state: readonly Floats[]) => void,
): Value[] {
  const count = (node.inputCount - 2) / (2 + states);
  if (!Number.isInteger(count)) throw new MalformedCase(`${node.op} with ${node.inputCount} inputs`);
  const blocks = Array.from({ length: 2 + states }, (_, block) =>
    Array.from({ length: count }, (_, index) => node.input(2 + block * count + index)),
  );
  const changed = blocks.map((block) => block.map(({ tensor }) => tensor.toFlatArray()));
  for (let index = 0; index < count; index++) {
    const [x, gradient, ...state] = changed.map((block) => block[index]);
    step(x, gradient, state);
  }
  return blocks.flatMap((block, at) =>
    at === 1 ? [] : block.map(({ tensor, dtype }, index) => ({ tensor: rebuilt(changed[at][index], tensor), dtype })),
  );
}

function rebuilt(numbers: Floats, like: Tensor): Tensor {
  return tensor(numbers, { shape: like.shape });
}

function required(node: Node, name: string): number {
  const value = node.attributes.number(name);
  if (value === undefined) throw new MalformedCase(`${node.op} without ${name}`);
  return value;
}
