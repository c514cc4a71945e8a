import { checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { abs } from '../elementwise/abs.ts';
import { add } from '../elementwise/add.ts';
import { divide } from '../elementwise/divide.ts';

/**
 * y = x / (1 + |x|), element by element: it tends to ±1 like tanh, but slowly, as 1/|x|. Slope 1 / (1 + |x|)². Of an infinity y
 * is NaN, as in PyTorch.
 *
 * Source: Turian, Bergstra and Bengio, "Quadratic features and deep architectures for chunking", 2009.
 *
 * @example softsign([-1, 0, 3]) // [-0.5, 0, 0.75]
 */
export function softsign(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('softsign', surplus);
  const inputs = operands('softsign', { x });
  return divide(inputs.x, add(1, abs(inputs.x)));
}
