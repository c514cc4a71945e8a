import { type Parameter, reshape, type Shape, type Tensor } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import type { LayerWindow } from '../calculators/axisMove.ts';
import type { Layer } from './layer.ts';

/** Lays each sample out as one row: `[batch, channels, height, width]` to `[batch, channels·height·width]`. */
export class Flatten implements Layer {
  readonly type = 'Flatten';
  readonly kind = 'flatten';
  readonly parameters: readonly Parameter[] = [];

  build(inputShape: Shape): Shape {
    return [sizeOf(inputShape)];
  }

  call(x: Tensor): Tensor {
    return reshape(x, [x.shape[0], sizeOf(x.shape.slice(1))]);
  }

  window(): LayerWindow {
    return 'place';
  }
}
