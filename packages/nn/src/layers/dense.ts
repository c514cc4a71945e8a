import { formatShape, linear, type Parameter, type Shape, ShapeError, type Tensor } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkCount } from '../checkCount.ts';
import { type DrawingOptions, drawnParameters } from './drawnParameters.ts';
import { type BuildContext, checkDrawing, checkUnbuilt, keptOptions, type Layer, notBuilt } from './layer.ts';
import { outputShapeOf } from './shapes.ts';
import { type CallRest, checkUnread } from './trainingMode.ts';

export interface DenseOptions extends DrawingOptions {
  /** How many numbers come out for each sample. */
  readonly outFeatures: number;
  /**
   * Whether inputs may have more axes, the last of which is multiplied: `[batch, …, in]` to `[batch, …, out]`. Default: false;
   * images that were not flattened come by mistake.
   */
  readonly lastAxis?: boolean;
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
  private learnt: readonly Parameter[] = [];

  /** @throws ValueError when outFeatures is not a whole number of at least 1 */
  constructor(options: DenseOptions, ...surplus: []) {
    checkSurplus('Dense', surplus);
    checkOptions('Dense', options, denseOptions);
    const remedy = 'Say how many outputs the layer should have, for a classifier one for each class';
    checkCount('Dense', 'outFeatures', options.outFeatures, 1, remedy);
    this.options = keptOptions(options);
  }

  get parameters(): readonly Parameter[] {
    return this.learnt;
  }

  build(inputShape: Shape, context: BuildContext): Shape {
    const { name } = checkDrawing(this, inputShape, context);
    checkUnbuilt(this, name);
    const { outFeatures, lastAxis = false } = this.options;
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
    this.learnt = drawnParameters(context, this.options, shape);
    return outputShape;
  }

  call(x: Tensor, ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    const [weight, bias] = this.learnt;
    if (!weight) throw notBuilt(this.kind);
    return linear(x, weight, { bias });
  }
}
