import * as kernels from '../../engine/kernels.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { divide } from './divide.ts';
import { unary } from './unary.ts';

/** y = ln x, the natural logarithm, place by place: -Infinity at 0, NaN below. Slope 1/x. */
export function log(x: TensorLike): Tensor {
  return unary('log', x, kernels.log, (x) => divide(1, x));
}
