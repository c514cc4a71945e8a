import {
  type AvgPoolOptions,
  avgPool2d,
  formatShape,
  maxPool2d,
  type Parameter,
  type PoolOptions,
  pair,
  poolingSizes,
  type Shape,
  ShapeError,
  type Tensor,
} from '@tapegrad/core';
import type { LayerWindow } from '../calculators/axisMove.ts';
import type { Cost } from '../calculators/cost.ts';
import { averagePoolingCost, maxPoolingCost } from '../calculators/poolingCost.ts';
import { slidingMove } from '../calculators/slidingMove.ts';
import type { BuildContext, Layer } from './layer.ts';

/** The largest number under each window: `[batch, channels, height, width]` to a smaller image; see `maxPool2d`. */
export class MaxPool2d implements Layer {
  readonly type = 'MaxPool2d';
  readonly kind = 'pool';
  readonly parameters: readonly Parameter[] = [];
  readonly options: PoolOptions;

  constructor(options: PoolOptions) {
    this.options = options;
  }

  build(inputShape: Shape, { name }: BuildContext): Shape {
    return pooledShape(name, inputShape, this.options);
  }

  call(x: Tensor): Tensor {
    return maxPool2d(x, this.options);
  }

  window(inputShape: Shape): LayerWindow {
    return pooledWindow(this.type, inputShape, this.options);
  }

  cost(_inputShape: Shape, outputShape: Shape): Cost {
    return maxPoolingCost(outputShape, pair(this.type, 'kernelSize', this.options.kernelSize, 1));
  }
}

/** The mean of the numbers under each window: `[batch, channels, height, width]` to a smaller image; see `avgPool2d`. */
export class AvgPool2d implements Layer {
  readonly type = 'AvgPool2d';
  readonly kind = 'pool';
  readonly parameters: readonly Parameter[] = [];
  readonly options: AvgPoolOptions;

  constructor(options: AvgPoolOptions) {
    this.options = options;
  }

  build(inputShape: Shape, { name }: BuildContext): Shape {
    return pooledShape(name, inputShape, this.options);
  }

  call(x: Tensor): Tensor {
    return avgPool2d(x, this.options);
  }

  window(inputShape: Shape): LayerWindow {
    return pooledWindow(this.type, inputShape, this.options);
  }

  cost(_inputShape: Shape, outputShape: Shape): Cost {
    return averagePoolingCost(outputShape, pair(this.type, 'kernelSize', this.options.kernelSize, 1));
  }
}

function pooledShape(name: string, inputShape: Shape, options: PoolOptions): Shape {
  if (inputShape.length !== 3) {
    throw new ShapeError({
      operation: name,
      got: `inputs of shape ${formatShape(inputShape)}`,
      wanted: '[channels, height, width], without the batch axis',
      remedy: 'Put the layer before Flatten',
    });
  }
  return poolingSizes(name, [1, ...inputShape], options).shape.slice(1);
}

function pooledWindow(name: string, inputShape: Shape, options: PoolOptions): LayerWindow {
  const { axes } = poolingSizes(name, [1, ...inputShape], options);
  return axes.map((axis, at) => slidingMove(['height', 'width'][at], axis, { ceilMode: options.ceilMode }));
}
