import type { Shape } from '@tapegrad/core';
import type { BuiltLayer } from '../../layers/layer.ts';
import type { Cost } from '../costs/cost.ts';
import type { LayerWindow } from '../windows/axisMove.ts';

/** What a summary knows of a layer of a model. */
export interface Description {
  /** What one output sees of the layer's inputs; unknown where it is `undefined`. */
  readonly window?: LayerWindow | undefined;
  /** What the layer does for one input; unknown where it is `undefined`. */
  readonly cost?: Cost | undefined;
}

/** What is known of the layers of one type; `describe` is for those that hold other layers. */
export type Describe = (built: BuiltLayer, describe: (inner: BuiltLayer) => Description) => Description;

/** A description by the options of a layer and the shapes before and after it, without the batch axis. */
export function byOptions<Options>(
  describe: (options: Options, inputShape: Shape, outputShape: Shape) => Description,
): Describe {
  // The type of a layer says what its options are.
  return ({ layer, inputShape, outputShape }) =>
    describe((layer as unknown as { readonly options: Options }).options, inputShape, outputShape);
}
