import {
  adaptiveAvgPool1d,
  adaptiveAvgPool2d,
  adaptiveSizes,
  formatShape,
  type Pair,
  type Parameter,
  type Shape,
  ShapeError,
  type Tensor,
} from '@tapegrad/core';
import type { LayerWindow } from '../calculators/axisMove.ts';
import { cellCost, cellMove } from '../calculators/cellMove.ts';
import type { Cost } from '../calculators/cost.ts';
import type { BuildContext, Layer } from './layer.ts';

/** The means of `outputSize` cells, whatever the length: `[batch, channels, length]` to `[batch, channels, outputSize]`. */
export class AdaptiveAvgPool1d implements Layer {
  readonly type = 'AdaptiveAvgPool1d';
  readonly kind = 'pool';
  readonly parameters: readonly Parameter[] = [];
  readonly outputSize: number;

  constructor({ outputSize }: { readonly outputSize: number }) {
    this.outputSize = outputSize;
  }

  build(inputShape: Shape, { name }: BuildContext): Shape {
    checkForm(name, inputShape, ['channels', 'length']);
    return [inputShape[0], ...adaptiveSizes(name, [1, ...inputShape], this.outputSize, ['length'])];
  }

  call(x: Tensor): Tensor {
    return adaptiveAvgPool1d(x, this.outputSize);
  }

  window([, ...lengths]: Shape, [, ...cells]: Shape): LayerWindow {
    return ['length'].map((axis, at) => cellMove(axis, lengths[at], cells[at]));
  }

  cost(inputShape: Shape, outputShape: Shape): Cost {
    return cellCost(inputShape, outputShape);
  }
}

/**
 * The means of `outputSize` cells, whatever the size of the image: `[batch, channels, height, width]` to `[batch, channels,
 * outHeight, outWidth]`; see `adaptiveAvgPool2d`.
 */
export class AdaptiveAvgPool2d implements Layer {
  readonly type = 'AdaptiveAvgPool2d';
  readonly kind = 'pool';
  readonly parameters: readonly Parameter[] = [];
  readonly outputSize: Pair;

  constructor({ outputSize }: { readonly outputSize: Pair }) {
    this.outputSize = outputSize;
  }

  build(inputShape: Shape, { name }: BuildContext): Shape {
    checkForm(name, inputShape, ['channels', 'height', 'width']);
    return [inputShape[0], ...adaptiveSizes(name, [1, ...inputShape], this.outputSize, ['height', 'width'])];
  }

  call(x: Tensor): Tensor {
    return adaptiveAvgPool2d(x, this.outputSize);
  }

  window([, ...lengths]: Shape, [, ...cells]: Shape): LayerWindow {
    return ['height', 'width'].map((axis, at) => cellMove(axis, lengths[at], cells[at]));
  }

  cost(inputShape: Shape, outputShape: Shape): Cost {
    return cellCost(inputShape, outputShape);
  }
}

function checkForm(name: string, inputShape: Shape, form: readonly string[]): void {
  if (inputShape.length === form.length) return;
  throw new ShapeError({
    operation: name,
    got: `inputs of shape ${formatShape(inputShape)}`,
    wanted: `[${form.join(', ')}], without the batch axis`,
    remedy: 'Put the layer before Flatten',
  });
}
