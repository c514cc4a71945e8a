import * as kernels from '../../engine/kernels.ts';
import type { FloatArray } from '../../kernels/dtype.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { resolveAxis, type Shape, sizeOf } from '../../tensor/shape.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { exp } from '../elementwise/exp.ts';
import { multiply } from '../elementwise/multiply.ts';
import { subtract } from '../elementwise/subtract.ts';
import { sum } from '../reductions/sum.ts';

/**
 * p = e^x / Σ e^x along `axis` (the last by default): numbers of any size become probabilities. With pᵀg the mean of
 * the cotangent under p, ∂x = p·(g - pᵀg).
 */
export function softmax(x: TensorLike, axis = -1): Tensor {
  return alongAxis('softmax', x, axis, kernels.softmax, (g, p, along) =>
    multiply(p, subtract(g, sum(multiply(g, p), { axes: along, keepDims: true }))),
  );
}

/**
 * y = ln softmax(x) = x - ln Σ e^x along `axis` (the last by default), exact where the probabilities themselves
 * underflow. ∂x = g - softmax(x)·Σ g.
 */
export function logSoftmax(x: TensorLike, axis = -1): Tensor {
  return alongAxis('logSoftmax', x, axis, kernels.logSoftmax, (g, y, along) =>
    subtract(g, multiply(exp(y), sum(g, { axes: along, keepDims: true }))),
  );
}

/** The sizes `[outer, length, inner]` of a shape around one of its axes. */
export function around(shape: Shape, axis: number): [outer: number, length: number, inner: number] {
  return [sizeOf(shape.slice(0, axis)), shape[axis], sizeOf(shape.slice(axis + 1))];
}

function alongAxis(
  operation: string,
  x: TensorLike,
  axis: number,
  kernel: (x: FloatArray, y: FloatArray, outer: number, classes: number, inner: number) => void,
  vjp: (g: Tensor, y: Tensor, axis: number) => Tensor,
): Tensor {
  const inputs = operands(operation, { x });
  const along = resolveAxis(operation, axis, inputs.x.rank);
  return record({
    operation,
    inputs,
    attributes: { axis: along },
    shape: inputs.x.shape,
    value: (y, memory) => kernel(flatten(inputs.x.view, memory), y, ...around(inputs.x.shape, along)),
    vjps: { x: (g, y) => vjp(g, y, along) },
  });
}
