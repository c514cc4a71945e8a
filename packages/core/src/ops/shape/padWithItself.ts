import { allocate } from '../../allocate.ts';
import { ShapeError, ValueError } from '../../errors.ts';
import { formatShape } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { take } from '../indexing/take.ts';

/** Which number of x stands at an index outside of it, along an axis of this length. */
const indexIn = {
  reflect: (index: number, length: number) => (index < 0 ? -index : index < length ? index : 2 * (length - 1) - index),
  replicate: (index: number, length: number) => Math.min(Math.max(index, 0), length - 1),
  circular: (index: number, length: number) => ((index % length) + length) % length,
};

/** What is put around a tensor: its own numbers, in a mirror, those at the edge, or over and over. */
export type PaddingMode = keyof typeof indexIn;

/**
 * y = x with numbers of its own put before and after it, taken by index along one axis after the other.
 *
 * @throws ShapeError when x is too short: `reflect` needs more numbers than it puts on a side, the others at least one
 * @throws ValueError when there is no such mode
 */
export function padWithItself(
  x: Tensor,
  pads: readonly (readonly [before: number, after: number])[],
  mode: PaddingMode,
): Tensor {
  if (!Object.hasOwn(indexIn, mode)) {
    throw new ValueError({
      operation: 'pad',
      got: `mode is '${mode}'`,
      wanted: "'constant', 'reflect', 'replicate' or 'circular'",
      remedy: "Leave it out for 'constant'",
    });
  }
  let y = x;
  pads.forEach(([before, after], axis) => {
    if (before === 0 && after === 0) return;
    const length = x.shape[axis];
    const most = Math.max(before, after);
    if (most >= (mode === 'reflect' ? length : length === 0 ? 1 : Infinity)) {
      throw new ShapeError({
        operation: 'pad',
        got: `x is ${formatShape(x.shape)}, with ${most} more by '${mode}' along axis ${axis}`,
        wanted: mode === 'reflect' ? 'fewer than there are along the axis' : 'at least one number along the axis',
        remedy:
          mode === 'reflect'
            ? "Put fewer, or take 'replicate' or 'circular'"
            : "Take 'constant' for a tensor of nothing",
      });
    }
    const indices = allocate(Int32Array, before + length + after).map((_, at) => indexIn[mode](at - before, length));
    y = take(y, indices, { axis });
  });
  return y;
}
