import { full, Parameter, prelu, type Shape, type Tensor } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type BuildContext, checkContext, checkUnbuilt, keptOptions, type Layer, notBuilt } from './layer.ts';
import { checkChannels } from './shapes.ts';
import { type CallRest, checkUnread } from './trainingMode.ts';

export interface PReLUOptions {
  /** Whether each channel has a slope of its own. Default: false, one for all. */
  readonly perChannel?: boolean;
  /** Where the slopes start. Default: 0.25. */
  readonly start?: number;
}

const preluOptions: OptionNames<PReLUOptions> = { perChannel: 'optional flag', start: 'optional' };

/**
 * A relu whose slope below 0 is learnt: y = x for x > 0, else weight·x, for each element. See `prelu`. Parameter: weight `[1]`, or
 * `[channels]`. As in PyTorch, which calls the number of slopes `num_parameters`.
 *
 * Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015.
 */
export class PReLU implements Layer {
  readonly type = 'PReLU';
  readonly kind = 'prelu';
  readonly options: PReLUOptions;
  private weight: Parameter | undefined;

  constructor(options: PReLUOptions = {}, ...surplus: []) {
    checkSurplus('PReLU', surplus);
    checkOptions('PReLU', options, preluOptions);
    this.options = keptOptions(options);
  }

  get parameters(): readonly Parameter[] {
    return this.weight ? [this.weight] : [];
  }

  /** @throws ShapeError when each channel is to have its slope, and inputs have no channels */
  build(inputShape: Shape, context: BuildContext): Shape {
    const { name, dtype } = checkContext(this, inputShape, context);
    checkUnbuilt(this, name);
    const { perChannel = false, start = 0.25 } = this.options;
    if (perChannel) checkChannels(name, inputShape);
    this.weight = new Parameter(`${name}.weight`, full([perChannel ? inputShape[0] : 1], start, { dtype }));
    return inputShape;
  }

  call(x: Tensor, ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    if (!this.weight) throw notBuilt(this.kind);
    return prelu(x, this.weight);
  }
}
