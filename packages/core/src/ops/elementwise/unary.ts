import type { FloatArray } from '../../kernels/dtype.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { timesSlope } from './chainRule.ts';

/**
 * An op of one input, place by place: two formulas, the value and the slope dy/dx, from which the derivative follows by
 * the chain rule, ∂loss/∂x = g·slope. A slope of `null` says that it is 0 everywhere.
 */
export function unary(
  operation: string,
  x: TensorLike,
  kernel: (x: FloatArray, y: FloatArray, length: number) => void,
  slope: ((x: Tensor, y: Tensor) => TensorLike) | null,
  attributes?: Readonly<Record<string, unknown>>,
): Tensor {
  const inputs = operands(operation, { x });
  return record({
    operation,
    inputs,
    attributes,
    shape: inputs.x.shape,
    value: (y, memory) => kernel(flatten(inputs.x.view, memory), y, y.length),
    vjps: { x: slope && ((g, y) => timesSlope(g, slope(inputs.x, y))) },
  });
}
