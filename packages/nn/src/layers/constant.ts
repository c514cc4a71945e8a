import { broadcastTo, Parameter, type Shape, type Tensor, zeros } from '@tapegrad/core';
import { checkNumberList, checkOptions, checkSurplus, checkTensor, type OptionNames } from '@tapegrad/core/authors';
import { type BuildContext, checkContext, checkUnbuilt, keptOptions, type Layer, notBuilt } from './layer.ts';
import { type CallRest, checkUnread } from './trainingMode.ts';

export interface ConstantOptions {
  /** The shape of each example that comes out, without the batch axis. */
  readonly shape: Shape;
}

const constantOptions: OptionNames<ConstantOptions> = { shape: 'required' };

/**
 * y = weight for each example, whatever comes in: `[batch, ...]` to `[batch, ...shape]`. Beside other values it is what a model
 * has learnt of no input: the class token of a transformer, coordinates as further channels. Parameter: weight, 0 at first, of
 * `shape`. `freeze(layer)` keeps it as it is. PyTorch's `nn.Parameter` with `expand`.
 *
 * @example
 * const words = input([4, 6]);
 * const marked = join(new Concat(), [words.to(new Constant({ shape: [1, 6] })), words]);
 */
export class Constant implements Layer {
  readonly type = 'Constant';
  readonly kind = 'constant';
  readonly options: ConstantOptions;
  private weight: Parameter | undefined;

  /** @throws DataTypeError when the shape is no list of numbers */
  constructor(options: ConstantOptions, ...surplus: []) {
    checkSurplus('Constant', surplus);
    this.options = keptOptions(checkOptions('Constant', options, constantOptions));
    const remedy = 'Give the shape of one output, without the batch axis: `[1, 64]`';
    checkNumberList('Constant', 'shape', this.options.shape, remedy);
  }

  get parameters(): readonly Parameter[] {
    return this.weight ? [this.weight] : [];
  }

  build(inputShape: Shape, context: BuildContext): Shape {
    const { name, dtype } = checkContext(this, inputShape, context);
    checkUnbuilt(this, name);
    const { shape } = this.options;
    this.weight = new Parameter(`${name}.weight`, zeros(shape, { dtype }));
    return shape;
  }

  call(x: Tensor, ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    if (!this.weight) throw notBuilt(this.kind);
    checkTensor('Constant', 'x', x);
    return broadcastTo(this.weight, [x.shape[0], ...this.options.shape]);
  }
}
