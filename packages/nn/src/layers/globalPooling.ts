import {
  formatShape,
  type GlobalPoolOptions,
  globalAvgPool,
  globalAxes,
  globalMaxPool,
  type Parameter,
  type Shape,
  ShapeError,
  type Tensor,
} from '@tapegrad/core';
import type { LayerWindow } from '../calculators/axisMove.ts';
import type { Cost } from '../calculators/cost.ts';
import { averagePoolingCost, maxPoolingCost } from '../calculators/poolingCost.ts';
import { wholeMove } from '../calculators/slidingMove.ts';
import type { BuildContext, Layer } from './layer.ts';

/** A layer that leaves one number of each channel. */
abstract class GlobalPool implements Layer {
  abstract readonly type: string;
  readonly kind = 'pool';
  readonly parameters: readonly Parameter[] = [];
  readonly options: GlobalPoolOptions;
  protected abstract readonly form: readonly string[];

  /** @param options.keepDims whether the spatial axes stay, with length 1; default: false, so that Dense can follow */
  constructor(options: GlobalPoolOptions = {}) {
    this.options = options;
  }

  /** @throws ShapeError when the inputs have other axes, or an empty one */
  build(inputShape: Shape, { name }: BuildContext): Shape {
    if (inputShape.length !== this.form.length) {
      throw new ShapeError({
        operation: name,
        got: `inputs of shape ${formatShape(inputShape)}`,
        wanted: `[${this.form.join(', ')}], without the batch axis`,
        remedy: 'Put the layer before Flatten',
      });
    }
    const axes = globalAxes(name, [1, ...inputShape]);
    return [inputShape[0], ...(this.options.keepDims ? axes.map(() => 1) : [])];
  }

  abstract call(x: Tensor): Tensor;

  /** All of the axes: with `keepDims` a window of their size, else there are none any more. */
  window([, ...lengths]: Shape): LayerWindow {
    const [, ...axes] = this.form;
    return this.options.keepDims ? axes.map((axis, at) => wholeMove(axis, lengths[at])) : 'whole';
  }
}

const signal = ['channels', 'length'];
const image = ['channels', 'height', 'width'];

/** The mean of each channel: `[batch, channels, length]` to `[batch, channels]`; see `globalAvgPool`. */
export class GlobalAvgPool1d extends GlobalPool {
  readonly type = 'GlobalAvgPool1d';
  protected readonly form = signal;

  call(x: Tensor): Tensor {
    return globalAvgPool(x, this.options);
  }

  cost([channels, ...lengths]: Shape): Cost {
    return averagePoolingCost([channels], lengths);
  }
}

/** The largest number of each channel: `[batch, channels, length]` to `[batch, channels]`; see `globalMaxPool`. */
export class GlobalMaxPool1d extends GlobalPool {
  readonly type = 'GlobalMaxPool1d';
  protected readonly form = signal;

  call(x: Tensor): Tensor {
    return globalMaxPool(x, this.options);
  }

  cost([channels, ...lengths]: Shape): Cost {
    return maxPoolingCost([channels], lengths);
  }
}

/** The mean of each channel: `[batch, channels, height, width]` to `[batch, channels]`; see `globalAvgPool`. */
export class GlobalAvgPool2d extends GlobalPool {
  readonly type = 'GlobalAvgPool2d';
  protected readonly form = image;

  call(x: Tensor): Tensor {
    return globalAvgPool(x, this.options);
  }

  cost([channels, ...lengths]: Shape): Cost {
    return averagePoolingCost([channels], lengths);
  }
}

/** The largest number of each channel: `[batch, channels, height, width]` to `[batch, channels]`; see `globalMaxPool`. */
export class GlobalMaxPool2d extends GlobalPool {
  readonly type = 'GlobalMaxPool2d';
  protected readonly form = image;

  call(x: Tensor): Tensor {
    return globalMaxPool(x, this.options);
  }

  cost([channels, ...lengths]: Shape): Cost {
    return maxPoolingCost([channels], lengths);
  }
}
