import * as kernels from '../../engine/kernels.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { binary } from './binary.ts';
import { negate } from './negate.ts';

/** z = x - y, place by place, with broadcasting. ∂z/∂x = 1, ∂z/∂y = -1. */
export function subtract(x: TensorLike, y: TensorLike): Tensor {
  return binary('subtract', x, y, kernels.subtract, { x: (g) => g, y: (g) => negate(g) });
}
