import {
  type AvgPool1dOptions,
  avgPool1d,
  formatShape,
  maxPool1d,
  type Parameter,
  type Pool1dOptions,
  poolingAxes,
  type Shape,
  ShapeError,
  type Tensor,
} from '@tapegrad/core';
import type { LayerWindow } from '../calculators/axisMove.ts';
import type { Cost } from '../calculators/cost.ts';
import { averagePoolingCost, maxPoolingCost } from '../calculators/poolingCost.ts';
import { slidingMove } from '../calculators/slidingMove.ts';
import type { BuildContext, Layer } from './layer.ts';

/** The largest number under each window: `[batch, channels, length]` to a shorter signal; see `maxPool1d`. */
export class MaxPool1d implements Layer {
  readonly type = 'MaxPool1d';
  readonly kind = 'pool';
  readonly parameters: readonly Parameter[] = [];
  readonly options: Pool1dOptions;

  constructor(options: Pool1dOptions) {
    this.options = options;
  }

  build(inputShape: Shape, { name }: BuildContext): Shape {
    return pooledShape(name, inputShape, this.options);
  }

  call(x: Tensor): Tensor {
    return maxPool1d(x, this.options);
  }

  window(inputShape: Shape): LayerWindow {
    return pooledWindow(this.type, inputShape, this.options);
  }

  cost(_inputShape: Shape, outputShape: Shape): Cost {
    return maxPoolingCost(outputShape, [this.options.kernelSize]);
  }
}

/** The mean of the numbers under each window: `[batch, channels, length]` to a shorter signal; see `avgPool1d`. */
export class AvgPool1d implements Layer {
  readonly type = 'AvgPool1d';
  readonly kind = 'pool';
  readonly parameters: readonly Parameter[] = [];
  readonly options: AvgPool1dOptions;

  constructor(options: AvgPool1dOptions) {
    this.options = options;
  }

  build(inputShape: Shape, { name }: BuildContext): Shape {
    return pooledShape(name, inputShape, this.options);
  }

  call(x: Tensor): Tensor {
    return avgPool1d(x, this.options);
  }

  window(inputShape: Shape): LayerWindow {
    return pooledWindow(this.type, inputShape, this.options);
  }

  cost(_inputShape: Shape, outputShape: Shape): Cost {
    return averagePoolingCost(outputShape, [this.options.kernelSize]);
  }
}

function pooledShape(name: string, inputShape: Shape, options: Pool1dOptions): Shape {
  if (inputShape.length !== 2) {
    throw new ShapeError({
      operation: name,
      got: `inputs of shape ${formatShape(inputShape)}`,
      wanted: '[channels, length], without the batch axis',
      remedy: 'Put the layer before Flatten',
    });
  }
  return [inputShape[0], ...poolingAxes(name, [1, ...inputShape], ['length'], options).lengths];
}

function pooledWindow(name: string, inputShape: Shape, options: Pool1dOptions): LayerWindow {
  const { axes } = poolingAxes(name, [1, ...inputShape], ['length'], options);
  return axes.map((axis) => slidingMove('length', axis, { ceilMode: options.ceilMode }));
}
