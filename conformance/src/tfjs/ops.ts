import {
  abs,
  add,
  clamp,
  concat,
  divide,
  exp,
  log,
  logSoftmax,
  logSumExp,
  matmul,
  max,
  maximum,
  mean,
  min,
  minimum,
  multiply,
  negate,
  pow,
  type ReductionOptions,
  relu,
  reshape,
  sigmoid,
  softmax,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
  tanh,
  transpose,
} from '@tapegrad/core';
import type { NumericOp } from '../numeric/numericCase.ts';
import { MalformedCase } from '../outcome.ts';
import { activations } from './activations.ts';
import { classification } from './classification.ts';
import { convolutions } from './convolutions.ts';
import { images } from './images.ts';
import { losses } from './losses.ts';
import { normalisations } from './normalisations.ts';
import { optimisers } from './optimisers.ts';

/** All ops of the TensorFlow.js cases that tapegrad has, by their names there. */
export const tfjsOps: Readonly<Record<string, NumericOp>> = {
  ...images,
  ...normalisations,
  ...activations,
  ...convolutions,
  ...losses,
  ...classification,
  ...optimisers,
  mat_mul: (inputs) => {
    const isTurnedA = inputs.attributes.flag('transpose_a');
    const isTurnedB = inputs.attributes.flag('transpose_b');
    return { y: matmul(turned(inputs.tensor('a'), isTurnedA), turned(inputs.tensor('b'), isTurnedB)) };
  },
  softmax: (inputs) => ({ y: softmax(inputs.tensor('x'), { axis: inputs.attributes.number('axis') ?? -1 }) }),
  log_softmax: (inputs) => ({ y: logSoftmax(inputs.tensor('x'), { axis: inputs.attributes.number('axis') ?? -1 }) }),
  clip_by_value: (inputs) => {
    const [low, high] = [inputs.attributes.number('clip_value_min'), inputs.attributes.number('clip_value_max')];
    return { y: clamp(inputs.tensor('x'), { min: low, max: high }) };
  },
  concat: (inputs) => ({ y: concat(inputs.numbered('x'), { axis: inputs.attributes.number('axis') ?? 0 }) }),
  reshape: (inputs) => {
    const shape = inputs.attributes.wholes('shape');
    if (shape === undefined) throw new MalformedCase('reshape without a shape');
    return { y: reshape(inputs.tensor('x'), shape) };
  },
  transpose: (inputs) => ({ y: transpose(inputs.tensor('x'), inputs.attributes.wholes('perm')) }),
  ...named({ relu, sigmoid, tanh, exp, log, sqrt, square, abs, neg: negate }, unary),
  ...named({ add, sub: subtract, mul: multiply, div: divide, pow, maximum, minimum }, binary),
  ...named({ sum, mean, max, min, log_sum_exp: logSumExp }, reduction),
};

function named<Op>(
  ops: Readonly<Record<string, Op>>,
  adapt: (op: Op) => NumericOp,
): Readonly<Record<string, NumericOp>> {
  return Object.fromEntries(Object.entries(ops).map(([name, op]) => [name, adapt(op)]));
}

function unary(op: (x: Tensor) => Tensor): NumericOp {
  return (inputs) => ({ y: op(inputs.tensor('x')) });
}

function binary(op: (a: Tensor, b: Tensor) => Tensor): NumericOp {
  return (inputs) => ({ y: op(inputs.tensor('a'), inputs.tensor('b')) });
}

function reduction(op: (x: Tensor, options: ReductionOptions) => Tensor): NumericOp {
  return (inputs) => {
    const { attributes } = inputs;
    return { y: op(inputs.tensor('x'), { axes: attributes.wholes('axis'), keepDims: attributes.flag('keep_dims') }) };
  };
}

/** A batch of matrices, transposed or not. */
function turned(x: Tensor, isTurned: boolean): Tensor {
  if (!isTurned) return x;
  const last = x.rank - 1;
  return transpose(
    x,
    x.shape.map((_, axis) => (axis === last ? last - 1 : axis === last - 1 ? last : axis)),
  );
}
