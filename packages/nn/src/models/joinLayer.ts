import type { Parameter, Shape, Tensor } from '@tapegrad/core';
import type { BuildContext, CallContext } from '../layers/layer.ts';
import type { LayerBuffer } from '../layers/layerBuffer.ts';
import type { Cost } from '../summary/costs/cost.ts';

/** A layer of several inputs. Shapes are without the batch axis. */
export interface JoinLayer {
  /** The name of its class: `Concat`. */
  readonly type: string;
  /** The stem of the name a model gives it: `concat`. */
  readonly kind: string;
  /** What a model is to call it instead. Default: kind and number, `concat1`. */
  readonly name?: string | undefined;
  /** Tells it from a layer of one input. */
  readonly joins: true;
  /** Makes the parameters, if it has any, and returns the shape of the output. @throws ShapeError when they do not fit together */
  build(inputShapes: readonly Shape[], context: BuildContext): Shape;
  call(inputs: readonly Tensor[], context?: CallContext): Tensor;
  /** None before `build`. */
  readonly parameters: readonly Parameter[];
  readonly buffers?: readonly LayerBuffer[];
  /** What it does for one input of each, for a summary. Without it the cost is unknown. */
  cost?(inputShapes: readonly Shape[], outputShape: Shape): Cost;
}
