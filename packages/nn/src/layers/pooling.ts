import {
  type AvgPoolOptions,
  avgPool2d,
  formatShape,
  maxPool2d,
  outputLength,
  type PoolOptions,
  pair,
  type Parameter,
  type Shape,
  ShapeError,
  type Tensor,
  windowAxes,
} from '@tapegrad/core';
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
  const kernel = pair(name, 'kernelSize', options.kernelSize, 1);
  const [vertical, horizontal] = windowAxes(name, kernel, { ...options, stride: options.stride ?? kernel });
  const [channels, height, width] = inputShape;
  return [
    channels,
    outputLength(name, height, vertical, 'height', options.ceilMode),
    outputLength(name, width, horizontal, 'width', options.ceilMode),
  ];
}
