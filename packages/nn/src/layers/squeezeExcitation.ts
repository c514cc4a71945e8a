import { mean, multiply, type Parameter, reshape, type Shape, type Tensor, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { ReLU, Sigmoid } from './activations.ts';
import { Dense } from './dense.ts';
import { buildInOrder, callInOrder } from './inOrder.ts';
import {
  type BuildContext,
  type BuiltLayer,
  type CallContext,
  checkContext,
  checkUnbuilt,
  keptOptions,
  type Layer,
  notBuilt,
} from './layer.ts';
import { checkChannels } from './shapes.ts';

export interface SqueezeExcitationOptions {
  /** By how much fewer numbers than channels the gate is worked out from. Default: 16. */
  readonly reduction?: number;
}

const squeezeExcitationOptions: OptionNames<SqueezeExcitationOptions> = { reduction: 'optional' };

/**
 * y = x · σ(W₂·relu(W₁·m + b₁) + b₂), where m is the mean of each channel: each channel is let through as far as the others
 * say. `[channels, ...axes]` stays `[channels, ...axes]`; W₁ has ⌈channels / reduction⌉ rows. Parameters:
 * `squeezeExcitation1.dense1.weight` and so on.
 *
 * Source: Hu, Shen and Sun, "Squeeze-and-excitation networks", 2018.
 *
 * @example
 * new SqueezeExcitation({ reduction: 4 });
 */
export class SqueezeExcitation implements Layer {
  readonly type = 'SqueezeExcitation';
  readonly kind = 'squeezeExcitation';
  readonly options: SqueezeExcitationOptions;
  private gate: readonly BuiltLayer[] | undefined;

  /** @throws ValueError when reduction is not a number of at least 1 */
  constructor(options: SqueezeExcitationOptions = {}, ...surplus: []) {
    checkSurplus('SqueezeExcitation', surplus);
    this.options = keptOptions(checkOptions('SqueezeExcitation', options, squeezeExcitationOptions));
    const { reduction = 16 } = options;
    if (reduction >= 1 && Number.isFinite(reduction)) return;
    throw new ValueError({
      operation: 'SqueezeExcitation',
      got: `reduction is ${reduction}`,
      wanted: 'a number of at least 1',
      remedy: 'Say by how much fewer numbers than channels will do: `{ reduction: 4 }`',
    });
  }

  /** The layers of the gate; none before `build`. */
  get layers(): readonly BuiltLayer[] {
    return this.gate ?? [];
  }

  get parameters(): readonly Parameter[] {
    return this.layers.flatMap(({ layer }) => layer.parameters);
  }

  /**
   * @throws ShapeError when inputs have no channels
   * @throws ValueError when it was built before
   */
  build(inputShape: Shape, context: BuildContext): Shape {
    const { name } = checkContext(this, inputShape, context);
    checkUnbuilt(this, name);
    checkChannels(name, inputShape);
    const [channels] = inputShape;
    const few = Math.ceil(channels / (this.options.reduction ?? 16));
    const gate = [new Dense({ outFeatures: few }), new ReLU(), new Dense({ outFeatures: channels }), new Sigmoid()];
    this.gate = buildInOrder(gate, [channels], { ...context, name: `${name}.` }).built;
    return inputShape;
  }

  call(x: Tensor, context?: CallContext, ...surplus: []): Tensor {
    checkSurplus(`${this.type}.call`, surplus);
    if (!this.gate) throw notBuilt(this.kind);
    const [batch, channels, ...axes] = x.shape;
    const squeezed = axes.length === 0 ? x : mean(x, { axes: axes.map((_, at) => at + 2) });
    const gate = callInOrder(this.gate, squeezed, context);
    return multiply(x, reshape(gate, [batch, channels, ...axes.map(() => 1)]));
  }
}
