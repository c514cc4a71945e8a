import { formatShape, type Shape, ShapeError, slice, type Tensor } from '@tapegrad/core';
import { resolveAxis } from '@tapegrad/core/authors';
import type { BuildContext } from './layer.ts';
import { operationLayer } from './operationLayer.ts';
import { batchAxis } from './shapes.ts';

export interface SliceOptions {
  /** Which axis is cut, counted with the batch, which is 0; a negative one counts from the end. */
  readonly axis: number;
  /** The first index that is kept; a negative one counts from the end. Default: 0. */
  readonly start?: number;
  /** The first index that is not; a negative one counts from the end. Default: all to the end. */
  readonly end?: number;
  /** Every how many indices one is kept. Default: 1. */
  readonly step?: number;
}

/**
 * A part of each example along one axis: `[batch, 8, height, width]` to `[batch, 4, height, width]` by `{ axis: 1, end: 4 }`.
 * See `slice`. Two of them divide a value, and `Concat` is the way back.
 *
 * @example
 * new Slice({ axis: 1, start: 0, end: 4 });
 */
export class Slice extends /* @__PURE__ */ operationLayer<SliceOptions>(
  { type: 'Slice', kind: 'slice', options: { axis: 'required', start: 'optional', end: 'optional', step: 'optional' } },
  sliced,
) {
  /**
   * @throws ShapeError when nothing is left, or a bound is no whole number
   * @throws ValueError when the axis is that of the batch
   */
  override build(inputShape: Shape, context: BuildContext): Shape {
    const outputShape = super.build(inputShape, context);
    const axis = resolveAxis(context.name, this.options.axis, inputShape.length + 1);
    if (axis === 0) throw batchAxis(context.name);
    if (outputShape[axis - 1] > 0) return outputShape;
    throw new ShapeError({
      operation: context.name,
      got: `inputs of shape ${formatShape(inputShape)}, of which nothing is left along axis ${axis}`,
      wanted: 'one index at least that is kept',
      remedy: 'Check start and end: the first index is 0, and the end is not kept',
    });
  }
}

function sliced(x: Tensor, { axis, start = 0, end, step = 1 }: SliceOptions): Tensor {
  const along = resolveAxis('Slice', axis, x.rank);
  return slice(
    x,
    x.shape.map((_, at) => (at === along ? [start, end ?? null, step] : null)),
  );
}
