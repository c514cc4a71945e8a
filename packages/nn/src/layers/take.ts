import { type Shape, type Tensor, take } from '@tapegrad/core';
import { checkNumberList, resolveAxis } from '@tapegrad/core/authors';
import type { BuildContext } from './layer.ts';
import { operationLayer } from './operationLayer.ts';
import { batchAxis } from './shapes.ts';

export interface TakeLayerOptions {
  /** Along which axis, counted with the batch, which is 0; a negative one counts from the end. */
  readonly axis: number;
  /** Which indices of it come out, in that order; one may come several times. */
  readonly indices: readonly number[];
}

/**
 * Some indices of one axis, in any order: channels chosen, turned around or repeated. See `take`. For neighbours, `Slice` is
 * enough.
 *
 * @example
 * new Take({ axis: 1, indices: [2, 1, 0] }); // blue, green, red
 */
export class Take extends /* @__PURE__ */ operationLayer<TakeLayerOptions>(
  { type: 'Take', kind: 'take', options: { axis: 'required', indices: 'required' } },
  (x: Tensor, { axis, indices }) => take(x, indices, { axis }),
) {
  /**
   * @throws ShapeError when there is no axis of that number
   * @throws ValueError when an index is outside of the axis, or the axis is that of the batch
   */
  override build(inputShape: Shape, context: BuildContext): Shape {
    const { axis, indices } = this.options;
    checkNumberList('Take', 'indices', indices, 'Give the indices that are to come out: `[2, 1, 0]`');
    if (resolveAxis(context.name, axis, inputShape.length + 1) === 0) throw batchAxis(context.name);
    return super.build(inputShape, context);
  }
}
