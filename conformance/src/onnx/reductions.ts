import {
  abs,
  log,
  logSoftmax,
  logSumExp,
  max,
  mean,
  min,
  product,
  type ReductionOptions,
  reshape,
  softmax,
  sqrt,
  square,
  sum,
  type Tensor,
} from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { type Reduction, softmaxCrossEntropy } from '@tapegrad/nn';
import type { Node, OnnxOp } from './node.ts';

/** Operators that bring axes together, and the softmax family. */
export const reductions: Readonly<Record<string, OnnxOp>> = {
  ReduceSum: reduction(sum),
  ReduceMean: reduction(mean),
  ReduceMax: reduction(max),
  ReduceMin: reduction(min),
  ReduceProd: reduction(product),
  ReduceL1: reduction((x, options) => sum(abs(x), options)),
  ReduceL2: reduction((x, options) => sqrt(sum(square(x), options))),
  ReduceSumSquare: reduction((x, options) => sum(square(x), options)),
  ReduceLogSum: reduction((x, options) => log(sum(x, options))),
  ReduceLogSumExp: reduction(logSumExp),
  Softmax: normalisation(softmax),
  LogSoftmax: normalisation(logSoftmax),
  SoftmaxCrossEntropyLoss: (node) => {
    const logits = node.tensor(0);
    const labels = node.input(1);
    const loss = softmaxCrossEntropy(logits, labels.tensor.toList(), {
      weight: node.optional(2) && node.tensor(2),
      // Without an index to ignore none is: NaN is no label.
      ignoreIndex: node.attributes.number('ignore_index') ?? Number.NaN,
      reduction: node.attributes.choice<Reduction>('reduction', ['mean', 'sum', 'none'], 'mean'),
    });
    return [...node.like(loss), ...(node.outputCount > 1 ? node.like(logSoftmax(logits, { axis: 1 })) : [])];
  },
};

/** Axes are an input in new operator sets and an attribute in old ones; none means all, or none at all with `noop`. */
function reduction(op: (x: Tensor, options: ReductionOptions) => Tensor): OnnxOp {
  return (node) => {
    const listed = node.wholesOrAttribute(1, 'axes') ?? [];
    const isNoop = node.attributes.flag('noop_with_empty_axes');
    const keepDims = node.attributes.flag('keepdims', true);
    const axes = listed.length === 0 && !isNoop ? undefined : listed;
    return node.like(op(node.tensor(0), { axes, keepDims }));
  };
}

/** Before operator set 13 all axes from `axis` on were one, by default from axis 1. */
function normalisation(op: typeof softmax): OnnxOp {
  return (node: Node) => {
    const x = node.tensor(0);
    if (node.opset >= 13) return node.like(op(x, { axis: node.attributes.number('axis') ?? -1 }));
    const axis = node.attributes.number('axis') ?? 1;
    const from = axis < 0 ? axis + x.rank : axis;
    const flat = reshape(x, [sizeOf(x.shape.slice(0, from)), sizeOf(x.shape.slice(from))]);
    return node.like(reshape(op(flat, { axis: 1 }), x.shape));
  };
}
