import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { resolveAxes, sizeOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { divide } from '../elementwise/divide.ts';
import type { ReductionOptions } from './reduction.ts';
import { sum } from './sum.ts';

/** y = Σ x / n over `axes` (all by default), where n numbers go into each mean; NaN for n = 0. */
export function mean(x: TensorLike, options: ReductionOptions = {}): Tensor {
  const inputs = operands('mean', { x });
  const axes = resolveAxes('mean', options.axes, inputs.x.rank);
  return divide(sum(inputs.x, options), sizeOf(axes.map((axis) => inputs.x.shape[axis])));
}
