import { formatShape, linear, Parameter, type Shape, ShapeError, type Tensor, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { defaultWeight, firstBias } from '../initialisers/defaults.ts';
import { firstNumbers, type Initialiser } from '../initialisers/draw.ts';
import { type BuildContext, checkDrawing, checkUnbuilt, keptOptions, type Layer, notBuilt } from './layer.ts';
import { outputShapeOf } from './shapes.ts';
import { type CallRest, checkUnread } from './trainingMode.ts';

export interface DenseOptions {
  /** How many numbers come out for each sample. */
  readonly outFeatures: number;
  /** Whether each output has a bias. Default: true. */
  readonly bias?: boolean;
  /**
   * Whether inputs may have more axes, the last of which is multiplied: `[batch, …, in]` to `[batch, …, out]`. Default: false;
   * images that were not flattened come by mistake.
   */
  readonly lastAxis?: boolean;
  /** How the weight starts. Default: `defaultWeight`, as in PyTorch. */
  readonly initialiser?: Initialiser;
  /** How the bias starts. Default: `defaultBias`, as in PyTorch. */
  readonly biasInitialiser?: Initialiser;
}

const denseOptions: OptionNames<DenseOptions> = {
  outFeatures: 'required',
  bias: 'optional flag',
  lastAxis: 'optional flag',
  initialiser: 'optional',
  biasInitialiser: 'optional',
};

/** A dense (fully connected) layer, y = x·Wᵀ + b: `[batch, in]` to `[batch, out]`. Parameters: weight `[out, in]`, bias `[out]`. */
export class Dense implements Layer {
  readonly type = 'Dense';
  readonly kind = 'dense';
  readonly options: DenseOptions;
  #weight: Parameter | undefined;
  #bias: Parameter | undefined;

  /** @throws ValueError when outFeatures is not a whole number of at least 1 */
  constructor(options: DenseOptions, ...surplus: []) {
    checkSurplus('Dense', surplus);
    checkOptions('Dense', options, denseOptions);
    if (!Number.isSafeInteger(options.outFeatures) || options.outFeatures < 1) {
      throw new ValueError({
        operation: 'Dense',
        got: `outFeatures is ${options.outFeatures}`,
        wanted: 'a whole number of at least 1',
        remedy: 'Say how many outputs the layer should have, for a classifier one for each class',
      });
    }
    this.options = keptOptions(options);
  }

  get parameters(): readonly Parameter[] {
    return [this.#weight, this.#bias].filter((parameter) => parameter !== undefined);
  }

  build(inputShape: Shape, context: BuildContext): Shape {
    const { name, random, dtype } = checkDrawing(this, inputShape, context);
    checkUnbuilt(this, name);
    const { outFeatures, bias = true, lastAxis = false, initialiser = defaultWeight, biasInitialiser } = this.options;
    if (inputShape.length !== 1 && !(lastAxis && inputShape.length > 1)) {
      throw new ShapeError({
        operation: name,
        got: `inputs of shape ${formatShape(inputShape)}`,
        wanted: '[features], without the batch axis',
        remedy: 'Put a Flatten layer before it',
      });
    }
    const shape = [outFeatures, inputShape[inputShape.length - 1]];
    const outputShape = outputShapeOf(name, inputShape, (x, weight) => linear(x, weight), shape);
    this.#weight = new Parameter(`${name}.weight`, firstNumbers(name, initialiser, { shape, random, dtype }));
    const biasOptions = { weightShape: shape, random, dtype };
    if (bias) this.#bias = new Parameter(`${name}.bias`, firstBias(biasInitialiser, biasOptions));
    return outputShape;
  }

  call(x: Tensor, ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    if (!this.#weight) throw notBuilt(this.kind);
    return linear(x, this.#weight, { bias: this.#bias });
  }
}
