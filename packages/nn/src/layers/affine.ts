import {
  add,
  formatShape,
  multiply,
  ones,
  Parameter,
  type Shape,
  ShapeError,
  type Tensor,
  zeros,
} from '@tapegrad/core';
import { checkOptions, checkShape, checkSurplus, checkTensor, type OptionNames } from '@tapegrad/core/authors';
import { type BuildContext, checkContext, checkUnbuilt, keptOptions, type Layer, notBuilt } from './layer.ts';
import { checkChannels } from './shapes.ts';
import { type CallRest, checkUnread } from './trainingMode.ts';

export interface AffineOptions {
  /**
   * The shape of weight and bias, without the batch axis, which is broadcast to that of the inputs: `[]` for one number, `[3, 1, 1]`
   * for one of each channel of an image. Default: one for each channel or feature.
   */
  readonly shape?: Shape;
  /** Whether there is a factor. Default: true. */
  readonly weight?: boolean;
  /** Whether there is a term. Default: true. */
  readonly bias?: boolean;
}

const affineOptions: OptionNames<AffineOptions> = { shape: 'optional', weight: 'optional flag', bias: 'optional flag' };

/**
 * y = weight·x + bias, element by element, with a weight and a bias that are broadcast: by default one for each channel.
 * Parameters: weight, 1 at first, and bias, 0 at first, of `shape`. Where they are not to be learnt, `freeze(layer)` keeps
 * them: a mean that is subtracted from all images and a deviation by which they are divided.
 *
 * @example
 * new Affine(); // a scale and a shift for each channel
 */
export class Affine implements Layer {
  readonly type = 'Affine';
  readonly kind = 'affine';
  readonly options: AffineOptions;
  private weight: Parameter | undefined;
  private bias: Parameter | undefined;
  #isBuilt = false;

  constructor(options: AffineOptions = {}, ...surplus: []) {
    checkSurplus('Affine', surplus);
    this.options = keptOptions(checkOptions('Affine', options, affineOptions));
  }

  get parameters(): readonly Parameter[] {
    return [this.weight, this.bias].filter((parameter) => parameter !== undefined);
  }

  /** @throws ShapeError when the shape of the weight cannot be broadcast to that of the inputs */
  build(inputShape: Shape, context: BuildContext): Shape {
    const { name, dtype } = checkContext(this, inputShape, context);
    checkUnbuilt(this, name);
    if (this.options.shape === undefined) checkChannels(name, inputShape);
    const {
      shape = inputShape.map((length, axis) => (axis === 0 ? length : 1)),
      weight = true,
      bias = true,
    } = this.options;
    checkShape(name, shape);
    checkBroadcast(name, shape, inputShape);
    if (weight) this.weight = new Parameter(`${name}.weight`, ones(shape, { dtype }));
    if (bias) this.bias = new Parameter(`${name}.bias`, zeros(shape, { dtype }));
    this.#isBuilt = true;
    return inputShape;
  }

  call(x: Tensor, ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    if (!this.#isBuilt) throw notBuilt(this.kind);
    checkTensor('Affine', 'x', x);
    const scaled = this.weight ? multiply(x, this.weight) : x;
    return this.bias ? add(scaled, this.bias) : scaled;
  }
}

/** Throws a ShapeError unless each length, counted from the last axis, is 1 or that of the inputs. */
function checkBroadcast(name: string, shape: Shape, inputShape: Shape): void {
  const offset = inputShape.length - shape.length;
  if (offset >= 0 && shape.every((length, axis) => length === 1 || length === inputShape[axis + offset])) return;
  throw new ShapeError({
    operation: name,
    got: `inputs of shape ${formatShape(inputShape)}, and weights of shape ${formatShape(shape)}`,
    wanted: 'weights whose lengths, counted from the last axis, are 1 or those of the inputs',
    remedy: 'Leave the shape out for one weight of each channel, or put ones behind the channels: `shape: [3, 1, 1]`',
  });
}
