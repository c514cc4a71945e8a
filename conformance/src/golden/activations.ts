import {
  elu,
  erf,
  type GeluOptions,
  gelu,
  hardSigmoid,
  leakyRelu,
  mish,
  selu,
  silu,
  softplus,
  type Tensor,
} from '@tapegrad/core';
import type { Attributes } from '../attributes.ts';
import type { NumericOp } from '../numeric/numericCase.ts';

/** Activations beyond relu, sigmoid and tanh. */
export const activations: Readonly<Record<string, NumericOp>> = {
  leaky_relu: activation((x, attributes) => leakyRelu(x, { slope: attributes.number('negative_slope') ?? 0.01 })),
  elu: activation((x, attributes) => elu(x, { alpha: attributes.number('alpha') ?? 1 })),
  selu: activation((x) => selu(x)),
  gelu: activation((x, attributes) => gelu(x, { approximate: approximation(attributes) })),
  silu: activation((x) => silu(x)),
  mish: activation((x) => mish(x)),
  softplus: activation((x, attributes) =>
    softplus(x, { beta: attributes.number('beta') ?? 1, threshold: attributes.number('threshold') ?? 20 }),
  ),
  hard_sigmoid: activation((x) => hardSigmoid(x)),
  erf: activation((x) => erf(x)),
};

/** How gelu is computed; both PyTorch and ONNX call it so. */
export function approximation(attributes: Attributes): GeluOptions['approximate'] {
  return attributes.choice<'none' | 'tanh'>('approximate', ['none', 'tanh'], 'none');
}

function activation(op: (x: Tensor, attributes: Attributes) => Tensor): NumericOp {
  return (inputs) => ({ output: op(inputs.tensor('input'), inputs.attributes) });
}
