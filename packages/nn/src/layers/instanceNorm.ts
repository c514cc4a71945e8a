import { instanceNorm, ones, Parameter, type Shape, type Tensor, zeros } from '@tapegrad/core';
import { checkEpsilon, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type BuildContext, checkContext, checkUnbuilt, keptOptions, type Layer, notBuilt } from './layer.ts';
import { checkChannels } from './shapes.ts';
import { type CallRest, checkUnread } from './trainingMode.ts';

export interface InstanceNormLayerOptions {
  /** What is added to the variance. Default: 1e-5. */
  readonly epsilon?: number;
  /** Whether the layer learns a weight and a bias for each channel. Default: false, as in PyTorch. */
  readonly affine?: boolean;
}

const instanceNormLayerOptions: OptionNames<InstanceNormLayerOptions> = {
  epsilon: 'optional',
  affine: 'optional flag',
};

/**
 * y = (x - mean) / √(variance + epsilon)·weight + bias, with the mean and the variance of each channel of each example by
 * itself, the same in training and in use: `[batch, channels, ...]` to the same shape. See `instanceNorm`.
 *
 * Parameters, if it is affine: weight `[channels]`, at first 1, and bias `[channels]`, at first 0.
 *
 * Source: Ulyanov, Vedaldi and Lempitsky, "Instance Normalization", 2016.
 */
export class InstanceNorm implements Layer {
  readonly type = 'InstanceNorm';
  readonly kind = 'instanceNorm';
  readonly options: InstanceNormLayerOptions;
  #isBuilt = false;
  private weight: Parameter | undefined;
  private bias: Parameter | undefined;

  /** @throws ValueError when epsilon is not a number of at least 0 */
  constructor(options: InstanceNormLayerOptions = {}, ...surplus: []) {
    checkSurplus('InstanceNorm', surplus);
    checkOptions('InstanceNorm', options, instanceNormLayerOptions);
    checkEpsilon('InstanceNorm', options.epsilon ?? 1e-5);
    this.options = keptOptions(options);
  }

  get parameters(): readonly Parameter[] {
    return [this.weight, this.bias].filter((parameter) => parameter !== undefined);
  }

  build(inputShape: Shape, context: BuildContext): Shape {
    const { name, dtype } = checkContext(this, inputShape, context);
    checkUnbuilt(this, name);
    checkChannels(name, inputShape);
    const [channels] = inputShape;
    this.#isBuilt = true;
    if (this.options.affine) {
      this.weight = new Parameter(`${name}.weight`, ones([channels], { dtype }));
      this.bias = new Parameter(`${name}.bias`, zeros([channels], { dtype }));
    }
    return inputShape;
  }

  /** @throws ShapeError when x has other channels */
  call(x: Tensor, ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    if (!this.#isBuilt) throw notBuilt(this.kind);
    return instanceNorm(x, { weight: this.weight, bias: this.bias, epsilon: this.options.epsilon });
  }
}
