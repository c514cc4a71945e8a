import { groupNorm, ones, Parameter, type Shape, type Tensor, zeros } from '@tapegrad/core';
import { checkEpsilon, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type BuildContext, checkContext, checkUnbuilt, keptOptions, type Layer, notBuilt } from './layer.ts';
import { checkChannels, outputShapeOf } from './shapes.ts';
import { type CallRest, checkUnread } from './trainingMode.ts';

export interface GroupNormLayerOptions {
  /** How many groups of neighbouring channels are normalised, each by itself. */
  readonly groups: number;
  /** What is added to the variance. Default: 1e-5. */
  readonly epsilon?: number;
  /** Whether the layer learns a weight and a bias for each channel. Default: true. */
  readonly affine?: boolean;
}

const groupNormLayerOptions: OptionNames<GroupNormLayerOptions> = {
  groups: 'required',
  epsilon: 'optional',
  affine: 'optional flag',
};

/**
 * y = (x - mean) / √(variance + epsilon)·weight + bias, with the mean and the variance of each group of channels of each
 * example by itself, the same in training and in use: `[batch, channels, ...]` to the same shape. See `groupNorm`.
 *
 * Parameters: weight `[channels]`, at first 1, and bias `[channels]`, at first 0.
 *
 * Source: Wu and He, "Group Normalization", 2018.
 */
export class GroupNorm implements Layer {
  readonly type = 'GroupNorm';
  readonly kind = 'groupNorm';
  readonly options: GroupNormLayerOptions;
  #isBuilt = false;
  private weight: Parameter | undefined;
  private bias: Parameter | undefined;

  /** @throws ValueError when epsilon is not a number of at least 0 */
  constructor(options: GroupNormLayerOptions, ...surplus: []) {
    checkSurplus('GroupNorm', surplus);
    checkOptions('GroupNorm', options, groupNormLayerOptions);
    checkEpsilon('GroupNorm', options.epsilon ?? 1e-5);
    this.options = keptOptions(options);
  }

  get parameters(): readonly Parameter[] {
    return [this.weight, this.bias].filter((parameter) => parameter !== undefined);
  }

  build(inputShape: Shape, context: BuildContext): Shape {
    const { name, dtype } = checkContext(this, inputShape, context);
    checkUnbuilt(this, name);
    const { groups, affine = true } = this.options;
    checkChannels(name, inputShape);
    const outputShape = outputShapeOf(name, inputShape, (x) => groupNorm(x, { groups }));
    const [channels] = inputShape;
    this.#isBuilt = true;
    if (affine) {
      this.weight = new Parameter(`${name}.weight`, ones([channels], { dtype }));
      this.bias = new Parameter(`${name}.bias`, zeros([channels], { dtype }));
    }
    return outputShape;
  }

  /** @throws ShapeError when x has other channels */
  call(x: Tensor, ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    if (!this.#isBuilt) throw notBuilt(this.kind);
    const { groups, epsilon = 1e-5 } = this.options;
    return groupNorm(x, { groups, weight: this.weight, bias: this.bias, epsilon });
  }
}
