import {
  type AlongOptions,
  argMax,
  argMin,
  cumulativeSum,
  gather,
  oneHot,
  reshape,
  type Tensor,
  take,
  transpose,
  where,
} from '@tapegrad/core';
import { resolveAxis } from '@tapegrad/core/authors';
import { numbersAt, reversed } from '../numeric/indices.ts';
import { MalformedCase } from '../outcome.ts';
import { tensorOf } from './constant.ts';
import type { Node, OnnxOp } from './node.ts';
import { carried, carrierOf } from './value.ts';

/** Operators that choose numbers by their indices, or find the indices of numbers. */
export const indexing: Readonly<Record<string, OnnxOp>> = {
  ArgMax: argument(argMax),
  ArgMin: argument(argMin),
  CumSum: (node) => {
    const axis = node.scalar(1);
    if (axis === undefined) throw new MalformedCase('CumSum without an axis');
    const options = { exclusive: node.attributes.flag('exclusive'), reverse: node.attributes.flag('reverse') };
    return node.like(cumulativeSum(node.tensor(0), axis, options));
  },
  Gather: (node) => {
    const [x, axis] = [node.tensor(0), node.attributes.number('axis') ?? 0];
    return node.like(take(x, indicesOf(node, lengthOf(x, axis)), axis));
  },
  GatherElements: (node) => {
    const [x, axis] = [node.tensor(0), node.attributes.number('axis') ?? 0];
    return node.like(gather(x, axis, indicesOf(node, lengthOf(x, axis))));
  },
  OneHot: (node) => {
    const classes = node.scalar(1);
    if (classes === undefined) throw new MalformedCase('OneHot without a depth');
    const values = node.input(2);
    const [off, on] = values.tensor.toFlatArray();
    const { tensor: indices } = node.input(0);
    const counted = Array.from(indices.toFlatArray(), (index) => fromEnd(Math.trunc(index), classes));
    // An index out of range has no class: its row is off.
    const isThere = counted.map((index) => (index >= 0 && index < classes ? 1 : 0));
    const held = tensorOf(
      counted.map((index, at) => (isThere[at] ? index : 0)),
      indices.shape,
    );
    const rows = reshape(tensorOf(isThere, indices.shape), [...indices.shape, 1]);
    const hot = where(rows, oneHot(held, classes, { dtype: 'float64' }), 0);
    const dtype = carrierOf(values.dtype);
    const chosen = where(carried({ tensor: hot, dtype: 'float64' }, dtype), on, off);
    return [{ tensor: lastTo(chosen, node.attributes.number('axis') ?? -1), dtype: values.dtype }];
  },
};

/** The index of the largest or smallest number along an axis, the first or the last of equals. */
function argument(op: (x: Tensor, axis: number, options: AlongOptions) => ReturnType<typeof argMax>): OnnxOp {
  return (node) => {
    const given = node.tensor(0);
    const x = given.rank === 0 ? reshape(given, [1]) : given;
    const axis = node.attributes.number('axis') ?? 0;
    const keepDims = node.attributes.flag('keepdims', true);
    const isLast = node.attributes.flag('select_last_index');
    const { shape, numbers } = numbersAt(op(isLast ? reversed(x, axis) : x, axis, { keepDims }));
    const counted = Array.from(numbers, (index) => (isLast ? lengthOf(x, axis) - 1 - index : index));
    return [{ tensor: tensorOf(counted, given.rank === 0 ? [] : shape), dtype: 'int64' }];
  };
}

/** Input 1 as indices into an axis of that length, where negative ones count from the end. */
function indicesOf(node: Node, length: number): Tensor {
  const { tensor } = node.input(1);
  return tensorOf(
    tensor.toFlatArray().map((index) => fromEnd(index, length)),
    tensor.shape,
  );
}

function fromEnd(index: number, length: number): number {
  return index < 0 ? index + length : index;
}

function lengthOf(x: Tensor, axis: number): number {
  return x.shape[resolveAxis('axis', axis, x.rank)];
}

/** x with its last axis moved to `axis`, counted in the result. */
function lastTo(x: Tensor, axis: number): Tensor {
  const to = resolveAxis('axis', axis, x.rank);
  const order = x.shape.slice(0, -1).map((_, other) => other);
  return transpose(x, order.toSpliced(to, 0, x.rank - 1));
}
