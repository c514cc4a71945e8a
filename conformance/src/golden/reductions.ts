import {
  logSoftmax,
  logSumExp,
  max,
  mean,
  min,
  product,
  type ReductionOptions,
  softmax,
  sum,
  type Tensor,
  variance,
} from '@tapegrad/core';
import type { Arguments } from '../numeric/arguments.ts';
import type { NumericOp } from '../numeric/numericCase.ts';

/** Ops that bring axes together. */
export const reductions: Readonly<Record<string, NumericOp>> = {
  sum: reduction(sum),
  mean: reduction(mean),
  amax: reduction(max),
  amin: reduction(min),
  prod: reduction(product),
  logsumexp: (inputs) => ({ output: logSumExp(inputs.tensor('input'), reductionOptions(inputs)) }),
  softmax: (inputs) => ({ output: softmax(inputs.tensor('input'), { axis: inputs.attributes.number('dim') ?? -1 }) }),
  log_softmax: (inputs) => ({
    output: logSoftmax(inputs.tensor('input'), { axis: inputs.attributes.number('dim') ?? -1 }),
  }),
  var: (inputs) => {
    const correction = inputs.attributes.number('correction') ?? 1;
    return { output: variance(inputs.tensor('x'), { ...reductionOptions(inputs), correction }) };
  },
};

function reduction(op: (x: Tensor, options: ReductionOptions) => Tensor): NumericOp {
  return (inputs) => ({ output: op(inputs.tensor('x'), reductionOptions(inputs)) });
}

/** As PyTorch 1.13 has it, an empty list of axes means all of them, like none at all. */
function reductionOptions({ attributes }: Arguments): ReductionOptions {
  const axes = attributes.wholes('dim');
  return { axes: axes === undefined || axes.length === 0 ? undefined : axes, keepDims: attributes.flag('keepdim') };
}
