import { checkFunction } from '../kinds.ts';
import { checkTensor } from '../tensor/kinds.ts';
import type { Tensor } from '../tensor/tensor.ts';

/**
 * f(x), after a look at both.
 *
 * @throws DataTypeError when `f` is no function, or gives no tensor
 */
export function outputOf(operation: string, f: (x: Tensor) => Tensor, x: Tensor): Tensor {
  checkFunction(operation, 'f', f, 'Give what computes from a tensor: `(x) => square(x)`');
  const y = f(x);
  checkTensor(operation, 'f(x)', y, 'Return what the ops give');
  return y;
}
