import { checkOptions, type OptionNames } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { type ReductionKernel, reduceView } from '../../tensor/reduce.ts';
import { reducedShape, resolveAxes } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';

export interface ReductionOptions {
  /** The axes to reduce; negative ones count from the end. Default: all. */
  readonly axes?: number | readonly number[];
  /** Whether reduced axes stay, with length 1. Default: false. */
  readonly keepDims?: boolean;
}

export const reductionOptions: OptionNames<ReductionOptions> = { axes: 'optional', keepDims: 'optional flag' };

/**
 * An op that reduces axes. Its derivative is written as if the axes had stayed with length 1, so that cotangent and
 * output broadcast against the input.
 */
export function reduction(
  operation: string,
  x: TensorLike,
  options: ReductionOptions,
  kernel: ReductionKernel,
  vjp: (g: Tensor, x: Tensor, y: Tensor, axes: readonly number[]) => Tensor,
): Tensor {
  const { axes, keepDims = false } = checkOptions(operation, options, reductionOptions);
  const inputs = operands(operation, { x });
  const { shape, rank } = inputs.x;
  const reduced = resolveAxes(operation, axes, rank);
  const kept = reducedShape(shape, reduced, true);
  return record({
    operation,
    inputs,
    attributes: { axes: reduced, keepDims },
    shape: reducedShape(shape, reduced, keepDims),
    value: (y, memory) => reduceView(inputs.x.view, reduced, kernel, y, memory),
    vjps: { x: (g, y) => vjp(reshape(g, kept), inputs.x, reshape(y, kept), reduced) },
  });
}
