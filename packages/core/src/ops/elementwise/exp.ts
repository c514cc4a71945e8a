import * as kernels from '../../engine/kernels.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { unary } from './unary.ts';

/** y = e^x, place by place. Its slope is itself. */
export function exp(x: TensorLike): Tensor {
  return unary('exp', x, kernels.exp, (_x, y) => y);
}
