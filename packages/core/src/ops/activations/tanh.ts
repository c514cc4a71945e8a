import * as kernels from '../../engine/kernels.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { square } from '../elementwise/square.ts';
import { subtract } from '../elementwise/subtract.ts';
import { unary } from '../elementwise/unary.ts';

/** y = (e^x - e^-x) / (e^x + e^-x), place by place. Slope 1 - y². */
export function tanh(x: TensorLike): Tensor {
  return unary('tanh', x, kernels.tanh, (_x, y) => subtract(1, square(y)));
}
