import { broadcastTo, formatShape, type Shape, ShapeError, type Tensor } from '@tapegrad/core';
import { checkNumberList } from '@tapegrad/core/authors';
import type { BuildContext } from './layer.ts';
import { operationLayer } from './operationLayer.ts';

export interface BroadcastOptions {
  /** The shape of each example that comes out, without the batch axis. */
  readonly shape: Shape;
}

/**
 * Repeats each example along its axes of length 1: `[batch, channels, 1, 1]` to `[batch, channels, height, width]`. Elsewhere values are
 * broadcast where they meet others; this says it beforehand. PyTorch's `expand`.
 *
 * @example
 * new Broadcast({ shape: [8, 14, 14] });
 */
export class Broadcast extends /* @__PURE__ */ operationLayer<BroadcastOptions>(
  { type: 'Broadcast', kind: 'broadcast', options: { shape: 'required' } },
  (x: Tensor, { shape }) => broadcastTo(x, [x.shape[0], ...shape]),
) {
  /** @throws ShapeError when inputs have other axes, or a length that is neither 1 nor the one that is wanted */
  override build(inputShape: Shape, context: BuildContext): Shape {
    const { shape } = this.options;
    checkNumberList('Broadcast', 'shape', shape, 'Give the shape of one output, without the batch axis: `[8, 14, 14]`');
    const fits =
      inputShape.length === shape.length && inputShape.every((length, axis) => length === 1 || length === shape[axis]);
    if (fits) return super.build(inputShape, context);
    throw new ShapeError({
      operation: context.name,
      got: `inputs of shape ${formatShape(inputShape)}, to be ${formatShape(shape)}`,
      wanted: 'as many axes, each of that length or of 1',
      remedy: 'Reshape them first, so that the axes that are repeated have the length 1',
    });
  }
}
