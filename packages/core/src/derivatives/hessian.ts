import { Tape } from '../fusion/tape.ts';
import { checkSurplus } from '../options/index.ts';
import type { TensorLike } from '../tensor/create.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { outputOf } from './outputOf.ts';
import { recordGradient } from './recordGradient.ts';
import { rowByRow } from './rowByRow.ts';

/**
 * H[i, k] = ∂²f(x) / ∂x[i]∂x[k], for an `f` that gives one number: the gradient is recorded on the tape, and differentiated again,
 * one of its numbers at a time. For many numbers x see `hessianVectorProduct`, which needs two walks in all.
 *
 * @param f computed from ops; what else it needs it may take from around it
 * @returns the shape of x twice
 * @example hessian((x) => sum(multiply(x, square(x))), [1, 2]).toList() // [[6, 0], [0, 12]]
 * @throws ShapeError when f gives more than one number
 * @throws DataTypeError when `f` is no function, or gives no tensor
 */
export function hessian(f: (x: Tensor) => Tensor, x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('hessian', surplus);
  using tape = new Tape();
  const watched = tape.watch(x);
  return rowByRow(tape, recordGradient('hessian', tape, outputOf('hessian', f, watched), watched), watched);
}
