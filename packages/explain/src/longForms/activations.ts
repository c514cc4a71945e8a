import {
  add,
  divide,
  erf,
  exp,
  greater,
  log,
  multiply,
  negate,
  subtract,
  type Tensor,
  type TensorLike,
  tanh,
  where,
} from '@tapegrad/core';
import { numberOf } from '@tapegrad/core/formulas';
import type { LongForm, LongForms } from './longForm.ts';

const asWritten = 'as its formula is written';
const written = (compute: LongForm['compute']): readonly LongForm[] => [{ title: asWritten, compute }];

const sigmoidOf = (x: Tensor): Tensor => divide(1, add(1, exp(negate(x))));
const softplusOf = (x: Tensor): Tensor => log(add(1, exp(x)));

/** `above` where x > 0, else `below`. */
function bent(x: Tensor, above: TensorLike, below: Tensor): Tensor {
  return where(greater(x, 0), above, below);
}

/** ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))) */
function geluByTanh(x: Tensor): Tensor {
  const cube = multiply(x, multiply(x, x));
  const u = multiply(Math.sqrt(2 / Math.PI), add(x, multiply(0.044715, cube)));
  return multiply(multiply(0.5, x), add(1, tanh(u)));
}

/** Activations in elementary steps. */
export const activationLongForms: LongForms = {
  sigmoid: written(({ x }) => sigmoidOf(x)),
  tanh: written(({ x }) => {
    const [up, down] = [exp(x), exp(negate(x))];
    return divide(subtract(up, down), add(up, down));
  }),
  silu: written(({ x }) => multiply(x, sigmoidOf(x))),
  mish: written(({ x }) => multiply(x, tanh(softplusOf(x)))),
  gelu: [
    {
      title: 'with Φ(x) = (1 + erf(x/√2))/2',
      fits: (_inputs, { approximate }) => approximate !== 'tanh',
      compute: ({ x }) => multiply(x, multiply(0.5, add(1, erf(divide(x, Math.SQRT2))))),
    },
    {
      title: asWritten,
      fits: (_inputs, { approximate }) => approximate === 'tanh',
      compute: ({ x }) => geluByTanh(x),
    },
  ],
  softplus: written(({ x }, attributes) => {
    const [beta, threshold] = [numberOf(attributes.beta, 1), numberOf(attributes.threshold, 20)];
    const scaled = multiply(beta, x);
    return where(greater(scaled, threshold), x, divide(softplusOf(scaled), beta));
  }),
  elu: written(({ x }, { alpha }) => bent(x, x, multiply(numberOf(alpha, 1), subtract(exp(x), 1)))),
  selu: written(({ x }) => {
    const [alpha, scale] = [1.6732632423543772, 1.0507009873554805];
    return multiply(scale, bent(x, x, multiply(alpha, subtract(exp(x), 1))));
  }),
  leakyRelu: written(({ x }, { slope }) => bent(x, x, multiply(numberOf(slope, 0.01), x))),
  hardSigmoid: written(({ x }, { alpha, beta }) => {
    const line = add(multiply(numberOf(alpha, 1 / 6), x), numberOf(beta, 0.5));
    return where(greater(line, 0), where(greater(1, line), line, 1), 0);
  }),
  logCosh: written(({ x }) => log(divide(add(exp(x), exp(negate(x))), 2))),
  pow: [{ title: 'as e^(y·ln x), for x > 0', compute: ({ x, y }) => exp(multiply(y, log(x))) }],
};
