import { Tape } from '../fusion/tape.ts';
import { checkSurplus } from '../options/index.ts';
import type { TensorLike } from '../tensor/create.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { outputOf } from './outputOf.ts';
import { rowByRow } from './rowByRow.ts';

/**
 * J[i, k] = ∂f(x)[i] / ∂x[k]: the derivative of every number that `f` gives by every number that it gets, found in one walk back
 * for each number of f(x). 0 where one does not depend on the other.
 *
 * @param f computed from ops; what else it needs it may take from around it
 * @param x a list is float32, as everywhere; give a float64 tensor for more digits
 * @returns the shape of f(x), then that of x
 * @example jacobian((x) => square(x), [1, 2]).toList() // [[2, 0], [0, 4]]
 * @throws TapeError when `x` stands on a tape that has ended
 * @throws DataTypeError when `f` is no function, or gives no tensor
 */
export function jacobian(f: (x: Tensor) => Tensor, x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('jacobian', surplus);
  using tape = new Tape();
  const watched = tape.watch(x);
  return rowByRow(tape, outputOf('jacobian', f, watched), watched);
}
