import {
  type AlongOptions,
  argMax,
  argMin,
  cumulativeSum,
  embedding,
  gather,
  maxAlong,
  minAlong,
  reshape,
  type Tensor,
  take,
  tensor,
} from '@tapegrad/core';
import type { Arguments } from '../numeric/arguments.ts';
import { numbersAt } from '../numeric/indices.ts';
import type { NumericOp } from '../numeric/numericCase.ts';

/** Ops that choose numbers by index, or find the indices of numbers. */
export const indexing: Readonly<Record<string, NumericOp>> = {
  gather: (inputs) => ({ output: gather(inputs.tensor('x'), axisOf(inputs, 0), indicesOf(inputs, 'index')) }),
  index_select: (inputs) => ({ output: take(inputs.tensor('x'), indicesOf(inputs, 'index'), axisOf(inputs, 0)) }),
  embedding: (inputs) => {
    const paddingIndex = inputs.attributes.number('padding_idx');
    return { output: embedding(indicesOf(inputs, 'indices'), inputs.tensor('weight'), { paddingIndex }) };
  },
  max_dim: along(maxAlong),
  min_dim: along(minAlong),
  argmax: indices(argMax),
  argmin: indices(argMin),
  cumsum: (inputs) => ({ output: cumulativeSum(inputs.tensor('x'), axisOf(inputs, 0)) }),
};

function axisOf({ attributes }: Arguments, fallback: number): number {
  return attributes.number('dim') ?? fallback;
}

function indicesOf(inputs: Arguments, name: string): Tensor {
  const { shape, numbers } = inputs.numbers(name);
  return tensor(Float64Array.from(numbers), { shape });
}

function along(op: typeof maxAlong): NumericOp {
  return (inputs) => {
    const x = inputs.tensor('x');
    const keepDims = inputs.attributes.flag('keepdim');
    const { values, places } = op(asLine(x), axisOf(inputs, 0), { keepDims });
    const output = x.rank === 0 ? reshape(values, []) : values;
    return { output, indices: numbersAt(places, output.shape) };
  };
}

function indices(op: (x: Tensor, axis: number, options: AlongOptions) => ReturnType<typeof argMax>): NumericOp {
  return (inputs) => {
    const x = inputs.tensor('x');
    const found = op(asLine(x), axisOf(inputs, -1), { keepDims: inputs.attributes.flag('keepdim') });
    return { indices: numbersAt(found, x.rank === 0 ? [] : found.shape) };
  };
}

/** PyTorch takes a scalar for a line of one. */
function asLine(x: Tensor): Tensor {
  return x.rank === 0 ? reshape(x, [1]) : x;
}
