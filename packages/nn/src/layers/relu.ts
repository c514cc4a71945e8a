import { type Parameter, relu, type Shape, type Tensor } from '@tapegrad/core';
import type { LayerWindow } from '../calculators/axisMove.ts';
import { type Cost, evaluationCost } from '../calculators/cost.ts';
import type { Layer } from './layer.ts';

/** y = max(x, 0), place by place; any shape. */
export class ReLU implements Layer {
  readonly type = 'ReLU';
  readonly kind = 'relu';
  readonly parameters: readonly Parameter[] = [];

  build(inputShape: Shape): Shape {
    return inputShape;
  }

  call(x: Tensor): Tensor {
    return relu(x);
  }

  window(): LayerWindow {
    return 'place';
  }

  cost(inputShape: Shape): Cost {
    return evaluationCost(inputShape);
  }
}
