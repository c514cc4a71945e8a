import {
  avgPool2d,
  batchNormTraining,
  conv2d,
  elu,
  gelu,
  hardSwish,
  leakyRelu,
  linear,
  maxPool2d,
  multiply,
  Random,
  relu,
  relu6,
  silu,
  softplus,
  type Tensor,
} from '@tapegrad/core';
import { Dropout } from '@tapegrad/nn';
import type { ActivationName, Form, LayerName } from '../fields.ts';
import { listOf, operandOf } from './lists.ts';
import { type View, viewOf } from './view.ts';

const cotangentOf =
  (form: Form) =>
  (count: number): readonly number[] =>
    listOf(form, 'cotangent', count);

/** y = x·Wᵀ + b for a batch of two rows of three features. */
const dense = (form: Form): View =>
  viewOf(form, {
    operands: {
      x: operandOf(form, 'x', [2, 3]),
      weight: operandOf(form, 'weight', [2, 3]),
      bias: operandOf(form, 'bias', [2]),
    },
    call: ({ x, weight, bias }) => linear(x, weight, { bias }),
    cotangentOf: cotangentOf(form),
  });

/** One image of 4 × 4 pixels, one kernel. */
function convolution(form: Form): View {
  const kernel = Number(form.kernel);
  return viewOf(form, {
    operands: {
      x: operandOf(form, 'x', [1, 1, 4, 4]),
      weight: operandOf(form, 'weight', [1, 1, kernel, kernel]),
      bias: operandOf(form, 'bias', [1]),
    },
    call: ({ x, weight, bias }) =>
      conv2d(x, weight, { bias, stride: Number(form.stride), padding: Number(form.padding) }),
    cotangentOf: cotangentOf(form),
  });
}

/** Windows of 2 × 2 over 4 × 4 pixels. All four numbers of a window are read, whichever is chosen, as their mean reads them. */
function pooling(form: Form): View {
  const options = { kernelSize: 2, stride: Number(form.poolStride) };
  const average = ({ x }: { readonly x: Tensor }): Tensor => avgPool2d(x, options);
  return viewOf(form, {
    operands: { x: operandOf(form, 'x', [1, 1, 4, 4]) },
    call: form.pool === 'max' ? ({ x }) => maxPool2d(x, options) : average,
    reach: average,
    cotangentOf: cotangentOf(form),
  });
}

/** relu and its kin by name, each with its usual settings. */
export const activations: Readonly<Record<ActivationName, (x: Tensor) => Tensor>> = {
  relu: (x) => relu(x),
  leakyRelu: (x) => leakyRelu(x),
  relu6: (x) => relu6(x),
  elu: (x) => elu(x),
  softplus: (x) => softplus(x),
  silu: (x) => silu(x),
  gelu: (x) => gelu(x),
  hardSwish: (x) => hardSwish(x),
};

/** Element by element: doubling reads what the activation reads, and is flat nowhere. */
const activation = (form: Form): View =>
  viewOf(form, {
    operands: { x: operandOf(form, 'x', [1, 7]) },
    call: ({ x }) => activations[form.activation](x),
    reach: ({ x }) => multiply(2, x),
    cotangentOf: cotangentOf(form),
  });

/** What batch normalisation adds to the variance. */
export const epsilon = 1e-5;

/** Four examples of two features, in training: the statistics are those of the batch. */
const batchNorm = (form: Form): View =>
  viewOf(form, {
    operands: {
      x: operandOf(form, 'x', [4, 2]),
      weight: operandOf(form, 'weight', [2]),
      bias: operandOf(form, 'bias', [2]),
    },
    call: ({ x, weight, bias }) => batchNormTraining(x, { weight, bias, epsilon }).output,
    cotangentOf: cotangentOf(form),
  });

/** Eight numbers in training; the seed decides which are dropped. */
const dropout = (form: Form): View =>
  viewOf(form, {
    operands: { x: operandOf(form, 'x', [2, 4]) },
    call: ({ x }) => new Dropout({ rate: form.rate }).call(x, { training: true, random: new Random(form.seed) }),
    reach: ({ x }) => multiply(2, x),
    cotangentOf: cotangentOf(form),
  });

/** Each layer at work, as the form says. */
export const layers: Readonly<Record<LayerName, (form: Form) => View>> = {
  dense,
  convolution,
  pooling,
  activation,
  batchNorm,
  dropout,
};
