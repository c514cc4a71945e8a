import * as kernels from '../../engine/kernels.ts';
import { broadcastTo } from '../../tape/chain.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { type ReductionOptions, reduction } from './reduction.ts';

/** y = Σ x over `axes` (all by default); 0 where there is nothing to add. Every summand receives the cotangent as it is. */
export function sum(x: TensorLike, options: ReductionOptions = {}): Tensor {
  return reduction('sum', x, options, kernels.sum, (g, x) => broadcastTo(g, x.shape));
}
