import * as kernels from '../../engine/kernels.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { binary } from './binary.ts';
import { multiply } from './multiply.ts';

/** z = the larger of x and y, place by place, with broadcasting; NaN where one is. Equals share the gradient by halves. */
export function maximum(x: TensorLike, y: TensorLike): Tensor {
  return binary('maximum', x, y, kernels.maximum, {
    x: (g, x, y) => multiply(g, greaterShare(x, y)),
    y: (g, x, y) => multiply(g, greaterShare(y, x)),
  });
}

/** z = the smaller of x and y, place by place, with broadcasting; NaN where one is. Equals share the gradient by halves. */
export function minimum(x: TensorLike, y: TensorLike): Tensor {
  return binary('minimum', x, y, kernels.minimum, {
    x: (g, x, y) => multiply(g, greaterShare(y, x)),
    y: (g, x, y) => multiply(g, greaterShare(x, y)),
  });
}

/** 1 where x > y, ½ where they are equal, 0 where x < y: the part of a maximum that is due to x. */
function greaterShare(x: Tensor, y: Tensor): Tensor {
  return binary('greaterShare', x, y, kernels.greaterShare, { x: null, y: null });
}
