import { checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { multiply } from './multiply.ts';

/**
 * y = x², element by element: a product whose two factors are the same, so that its slope 2x comes from adding x twice.
 *
 * @example square([1, -3]) // [1, 9]
 */
export function square(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('square', surplus);
  const inputs = operands('square', { x });
  return multiply(inputs.x, inputs.x);
}
