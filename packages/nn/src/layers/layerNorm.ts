import { layerNorm, ones, Parameter, type Shape, ShapeError, type Tensor, zeros } from '@tapegrad/core';
import {
  checkEpsilon,
  checkNumberList,
  checkOptions,
  checkSurplus,
  type OptionNames,
  resolveAxis,
} from '@tapegrad/core/authors';
import { type BuildContext, checkContext, checkUnbuilt, keptOptions, type Layer, notBuilt } from './layer.ts';
import { type CallRest, checkUnread } from './trainingMode.ts';

export interface LayerNormLayerOptions {
  /** The axes that are normalised together, counted with the batch axis: `[1, 2, 3]` for whole images. Default: the last. */
  readonly axes?: number | readonly number[];
  /** What is added to the variance. Default: 1e-5. */
  readonly epsilon?: number;
  /** Whether the layer learns a weight and a bias for each element of these axes. Default: true. */
  readonly affine?: boolean;
}

const layerNormLayerOptions: OptionNames<LayerNormLayerOptions> = {
  axes: 'optional',
  epsilon: 'optional',
  affine: 'optional flag',
};

/**
 * y = (x - mean) / √(variance + epsilon)·weight + bias, with the mean and the variance over `axes` of each example by
 * itself, the same in training and in use: `[batch, ...]` to the same shape. See `layerNorm`.
 *
 * Parameters: weight, at first 1, and bias, at first 0, in the shape of the axes.
 *
 * Source: Ba, Kiros and Hinton, "Layer Normalization", 2016.
 */
export class LayerNorm implements Layer {
  readonly type = 'LayerNorm';
  readonly kind = 'layerNorm';
  readonly options: LayerNormLayerOptions;
  private axes: readonly number[] | undefined;
  private weight: Parameter | undefined;
  private bias: Parameter | undefined;

  /** @throws ValueError when epsilon is not a number of at least 0 */
  constructor(options: LayerNormLayerOptions = {}, ...surplus: []) {
    checkSurplus('LayerNorm', surplus);
    checkOptions('LayerNorm', options, layerNormLayerOptions);
    checkEpsilon('LayerNorm', options.epsilon ?? 1e-5);
    this.options = keptOptions(options);
  }

  get parameters(): readonly Parameter[] {
    return [this.weight, this.bias].filter((parameter) => parameter !== undefined);
  }

  build(inputShape: Shape, context: BuildContext): Shape {
    const { name, dtype } = checkContext(this, inputShape, context);
    checkUnbuilt(this, name);
    const { axes = -1, affine = true } = this.options;
    const listed = typeof axes === 'number' ? [axes] : axes;
    checkNumberList(name, 'axes', listed, 'Name one axis, `1`, or several, `[1, 2]`');
    const resolved = listed.map((axis) => resolveAxis(name, axis, inputShape.length + 1)).sort((a, b) => a - b);
    if (resolved.includes(0) || new Set(resolved).size < resolved.length) {
      throw new ShapeError({
        operation: name,
        got: `axes [${listed.join(', ')}] of inputs with ${inputShape.length + 1} axes, of which 0 is the batch axis`,
        wanted: 'each axis at most once, and not the batch axis',
        remedy: 'Use BatchNorm to take the examples of a batch together',
      });
    }
    this.axes = resolved;
    if (affine) {
      const shape = resolved.map((axis) => inputShape[axis - 1]);
      this.weight = new Parameter(`${name}.weight`, ones(shape, { dtype }));
      this.bias = new Parameter(`${name}.bias`, zeros(shape, { dtype }));
    }
    return inputShape;
  }

  /** @throws ShapeError when x has another shape along the axes */
  call(x: Tensor, ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    if (!this.axes) throw notBuilt(this.kind);
    const { epsilon = 1e-5 } = this.options;
    return layerNorm(x, { axes: this.axes, weight: this.weight, bias: this.bias, epsilon });
  }
}
