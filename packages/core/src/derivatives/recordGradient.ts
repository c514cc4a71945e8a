import { ShapeError } from '../errors.ts';
import type { Tape } from '../fusion/tape.ts';
import { leadsTo } from '../tape/gradientsOf.ts';
import { zeros } from '../tensor/create.ts';
import { formatShape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';

/**
 * ∂loss/∂x, written on the tape so that it can be differentiated again; zeros where nothing of the loss comes from x.
 *
 * @throws ShapeError in the name of the operation, when the loss is more than one number
 */
export function recordGradient(operation: string, tape: Tape, loss: Tensor, x: Tensor): Tensor {
  if (loss.size !== 1) {
    throw new ShapeError({
      operation,
      got: `a function that gives ${formatShape(loss.shape)}`,
      wanted: 'one number',
      remedy: 'Reduce it with `sum` or `mean`; of many numbers `jacobian` is the first derivative',
    });
  }
  if (!leadsTo(tape.recording, x, loss)) return zeros(x.shape, { dtype: x.dtype });
  return tape.gradients(loss, { withRespectTo: [x], differentiable: true, nonFinite: 'allow' }).get(x);
}
