import { elu, leakyRelu, multiply, selu, softplus, type Tensor } from '@tapegrad/core';
import type { Attributes } from '../attributes.ts';
import type { NumericOp } from '../numeric/numericCase.ts';

/** Activations beyond relu, sigmoid and tanh. */
export const activations: Readonly<Record<string, NumericOp>> = {
  elu: activation((x, attributes) => elu(x, { alpha: attributes.number('alpha') ?? 1 })),
  // The cases write the two numbers of selu out; with others it is a multiple of elu.
  selu: activation((x, attributes) => {
    const { alpha = 1.6732632423543772, gamma = 1.0507009873554805 } = {
      alpha: attributes.number('alpha'),
      gamma: attributes.number('gamma'),
    };
    const isUsual = alpha === 1.6732632423543772 && gamma === 1.0507009873554805;
    return isUsual ? selu(x) : multiply(elu(x, { alpha }), gamma);
  }),
  softplus: activation((x) => softplus(x, { threshold: Infinity })),
  leaky_relu: activation((x, attributes) => leakyRelu(x, { slope: attributes.number('alpha') ?? 0.2 })),
};

function activation(op: (x: Tensor, attributes: Attributes) => Tensor): NumericOp {
  return (inputs) => ({ y: op(inputs.tensor('x'), inputs.attributes) });
}
