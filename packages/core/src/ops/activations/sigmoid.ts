import * as kernels from '../../engine/kernels.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { multiply } from '../elementwise/multiply.ts';
import { subtract } from '../elementwise/subtract.ts';
import { unary } from '../elementwise/unary.ts';

/** y = 1 / (1 + e^-x), place by place, without overflow on either side. Slope y·(1 - y). */
export function sigmoid(x: TensorLike): Tensor {
  return unary('sigmoid', x, kernels.sigmoid, (_x, y) => multiply(y, subtract(1, y)));
}
