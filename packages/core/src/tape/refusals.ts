import { TapeError } from '../errors.ts';
import { formatShape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** The error for a tensor of one tape met on another. */
export function otherTape(operation: string, x: Tensor): TapeError {
  return new TapeError({
    operation,
    got: `a tensor of shape ${formatShape(x.shape)} that stands on another tape`,
    wanted: 'tensors of one tape',
    remedy: 'Record everything on one tape, or pass `detach(x)` to use its numbers as a constant',
  });
}

/** The error for a value that no tape has written down, though a parameter is behind it. */
export function unrecorded(operation: string, input: string, x: Tensor): TapeError {
  return new TapeError({
    operation,
    got: `${input} was computed off the tape, from the parameter ${x.unrecorded} and other numbers, so a gradient would be lost`,
    wanted: 'a value recorded on this tape, or a plain constant',
    remedy: `Compute it from \`tape.constant(…)\` of those numbers, or pass \`detach(${input})\` if a constant is meant`,
  });
}
