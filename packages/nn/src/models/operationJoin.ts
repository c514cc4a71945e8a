import { type Parameter, type Shape, shapeOf, type Tensor } from '@tapegrad/core';
import type { BuildContext } from '../layers/layer.ts';
import { inNameOf } from '../layers/shapes.ts';
import type { JoinLayer } from './joinLayer.ts';

/** A layer of several inputs without parameters, which only calls its op. */
export abstract class OperationJoin implements JoinLayer {
  abstract readonly type: string;
  abstract readonly kind: string;
  readonly joins = true;
  readonly parameters: readonly Parameter[] = [];

  build(inputShapes: readonly Shape[], { name }: BuildContext): Shape {
    const shapes = inputShapes.map((shape) => [1, ...shape]);
    return inNameOf(name, () => shapeOf((...inputs) => this.call(inputs), ...shapes)).slice(1);
  }

  abstract call(inputs: readonly Tensor[]): Tensor;
}
