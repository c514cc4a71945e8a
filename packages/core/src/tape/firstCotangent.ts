import { DataTypeError, ShapeError } from '../errors.ts';
import { type TensorLike, tensor } from '../tensor/create.ts';
import { checkTensorLike } from '../tensor/kinds.ts';
import { formatShape, sameShape } from '../tensor/shape.ts';
import { viewOf } from '../tensor/strided.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Recording } from './recording.ts';
import { otherTape } from './refusals.ts';

/**
 * ∂loss/∂output where the walk back begins: 1 for a loss of one number, or what the caller gives. It is written on the tape
 * where the walk itself is.
 */
export function firstCotangent(
  recording: Recording,
  output: Tensor,
  given: TensorLike | undefined,
  isWritten: boolean,
): Tensor {
  if (given === undefined) {
    if (output.size !== 1) {
      throw new ShapeError({
        operation: 'gradients',
        got: `a loss of shape ${formatShape(output.shape)} with ${output.size} numbers`,
        wanted: 'one number',
        remedy: 'Reduce it with `mean` or `sum`, or pass a cotangent of its shape',
      });
    }
    return new Tensor(viewOf(recording.memory.allocate(output.dtype, 1).fill(1), output.shape), recording.tape);
  }
  checkTensorLike('gradients', 'cotangent', given);
  const cotangent = given instanceof Tensor ? given : tensor(given, { dtype: output.dtype });
  if (!sameShape(cotangent.shape, output.shape)) {
    throw new ShapeError({
      operation: 'gradients',
      got: `a cotangent of shape ${formatShape(cotangent.shape)} for an output of shape ${formatShape(output.shape)}`,
      wanted: 'the same shape',
      remedy: 'Give one number for each number of the output',
    });
  }
  if (cotangent.dtype !== output.dtype) {
    throw new DataTypeError({
      operation: 'gradients',
      got: `a cotangent of ${cotangent.dtype} for an output of ${output.dtype}`,
      wanted: 'the same type',
      remedy: `Convert it with \`cast(cotangent, '${output.dtype}')\``,
    });
  }
  if (cotangent.tape !== null && cotangent.tape !== recording.tape) throw otherTape('gradients', cotangent);
  if (cotangent.tape !== null) return cotangent;
  return isWritten ? recording.constant(cotangent) : recording.foreign(cotangent);
}
