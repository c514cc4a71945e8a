import {
  abs,
  add,
  divide,
  elu,
  erf,
  gelu,
  greater,
  hardSigmoid,
  leakyRelu,
  mish,
  multiply,
  sigmoid,
  softplus,
  type Tensor,
  where,
} from '@tapegrad/core';
import type { Attributes } from '../attributes.ts';
import { approximation } from '../golden/activations.ts';
import type { OnnxOp } from './node.ts';

/** Activations beyond Relu, Sigmoid and Tanh. */
export const activations: Readonly<Record<string, OnnxOp>> = {
  LeakyRelu: activation((x, attributes) => leakyRelu(x, { slope: attributes.number('alpha') ?? 0.01 })),
  Elu: activation((x, attributes) => elu(x, { alpha: attributes.number('alpha') ?? 1 })),
  // Here the two numbers of selu are options.
  Selu: activation((x, attributes) => {
    const alpha = attributes.number('alpha') ?? 1.6732631921768188;
    return multiply(elu(x, { alpha }), attributes.number('gamma') ?? 1.0507010221481323);
  }),
  Celu: activation((x, attributes) => {
    const alpha = attributes.number('alpha') ?? 1;
    return multiply(elu(divide(x, alpha)), alpha);
  }),
  Gelu: activation((x, attributes) => gelu(x, { approximate: approximation(attributes) })),
  Softplus: activation((x) => softplus(x, { threshold: Infinity })),
  HardSigmoid: activation((x, attributes) =>
    hardSigmoid(x, { alpha: attributes.number('alpha') ?? 0.2, beta: attributes.number('beta') ?? 0.5 }),
  ),
  HardSwish: activation((x) => multiply(x, hardSigmoid(x))),
  Swish: activation((x, attributes) => multiply(x, sigmoid(multiply(x, attributes.number('alpha') ?? 1)))),
  Mish: activation((x) => mish(x)),
  Erf: activation((x) => erf(x)),
  Softsign: activation((x) => divide(x, add(1, abs(x)))),
  ThresholdedRelu: activation((x, attributes) => where(greater(x, attributes.number('alpha') ?? 1), x, 0)),
  PRelu: (node) => {
    const x = node.tensor(0);
    return node.like(where(greater(0, x), multiply(x, node.tensor(1)), x));
  },
};

function activation(op: (x: Tensor, attributes: Attributes) => Tensor): OnnxOp {
  return (node) => node.like(op(node.tensor(0), node.attributes));
}
