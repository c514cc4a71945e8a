import { type Shape, ShapeError, type Tensor, transpose } from '@tapegrad/core';
import type { BuildContext } from './layer.ts';
import { operationLayer } from './operationLayer.ts';

export interface PermuteOptions {
  /** The axes in their new order, as `transpose` takes it: the batch axis, 0, comes first. */
  readonly order: readonly number[];
}

/**
 * The axes of each example in another order: `[batch, height, width, channels]` to `[batch, channels, height, width]` by
 * `order: [0, 3, 1, 2]`. See `transpose`. PyTorch's `permute`; Keras' Permute counts without the batch axis.
 *
 * @example
 * new Permute({ order: [0, 3, 1, 2] });
 */
export class Permute extends /* @__PURE__ */ operationLayer<PermuteOptions>(
  { type: 'Permute', kind: 'permute', options: { order: 'required' } },
  (x: Tensor, { order }) => transpose(x, order),
) {
  /** @throws ShapeError when the order does not name each axis once, or moves the batch axis */
  override build(inputShape: Shape, context: BuildContext): Shape {
    const { order } = this.options;
    const outputShape = super.build(inputShape, context);
    if (order[0] === 0) return outputShape;
    throw new ShapeError({
      operation: context.name,
      got: `order [${order.join(', ')}]`,
      wanted: 'the batch axis, 0, in front',
      remedy: `Keep it there: \`new Permute({ order: [0, ${order.filter((axis) => axis !== 0).join(', ')}] })\``,
    });
  }
}
