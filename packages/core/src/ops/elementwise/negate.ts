import * as kernels from '../../engine/kernels.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { unary } from './unary.ts';

/** y = -x, place by place. Slope -1. */
export function negate(x: TensorLike): Tensor {
  return unary('negate', x, kernels.negate, () => -1);
}
