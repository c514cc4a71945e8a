import { ShapeError } from '../errors.ts';
import { Tape } from '../fusion/tape.ts';
import { checkSurplus } from '../options/index.ts';
import { leadsTo } from '../tape/gradientsOf.ts';
import { operands } from '../tape/record.ts';
import { type TensorLike, tensor, zeros } from '../tensor/create.ts';
import { formatShape, sameShape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { outputOf } from './outputOf.ts';
import { recordGradient } from './recordGradient.ts';

/**
 * H·v with H[i, k] = ∂²f(x) / ∂x[i]∂x[k], for an `f` that gives one number: how the gradient changes when x moves along v. H is never
 * written out: v is the cotangent of the recorded gradient, and as H is symmetric, one more walk back gives the product.
 *
 * Source: Pearlmutter, "Fast exact multiplication by the Hessian", 1994.
 *
 * @param f computed from ops; what else it needs it may take from around it
 * @param v of the shape and the type of x
 * @returns the shape of x
 * @example hessianVectorProduct((x) => sum(pow(x, 3)), [1, 2], [1, 0]) // [6, 0]
 * @throws ShapeError when f gives more than one number, or v has another shape than x
 * @throws DataTypeError when v has another type than x
 * @throws DataTypeError when `f` is no function, or gives no tensor
 */
export function hessianVectorProduct(f: (x: Tensor) => Tensor, x: TensorLike, v: TensorLike, ...surplus: []): Tensor {
  checkSurplus('hessianVectorProduct', surplus);
  const inputs = operands('hessianVectorProduct', { x, v });
  if (!sameShape(inputs.x.shape, inputs.v.shape)) {
    throw new ShapeError({
      operation: 'hessianVectorProduct',
      got: `x is ${formatShape(inputs.x.shape)}, v is ${formatShape(inputs.v.shape)}`,
      wanted: 'one shape for both',
      remedy: 'Give the direction in which x moves, one number for each of its numbers',
    });
  }
  using tape = new Tape();
  const watched = tape.watch(inputs.x);
  const gradient = recordGradient('hessianVectorProduct', tape, outputOf('hessianVectorProduct', f, watched), watched);
  if (!leadsTo(tape.recording, watched, gradient)) return zeros(inputs.x.shape, { dtype: inputs.x.dtype });
  const options = { withRespectTo: [watched], cotangent: inputs.v, nonFinite: 'allow' } as const;
  const product = tape.gradients(gradient, options).get(watched);
  // A copy, for the numbers of the tape end with it.
  return tensor(product.toFlatArray().slice(), { shape: product.shape });
}
