import type { Parameter, Shape, Tensor } from '@tapegrad/core';
import { checkOptions, checkSurplus, checkTensor, type OptionNames } from '@tapegrad/core/authors';
import { type BuildContext, checkContext, keptOptions, type Layer } from './layer.ts';
import { checkAxes, outputShapeOf } from './shapes.ts';
import { type CallRest, checkUnread } from './trainingMode.ts';

/** A layer without parameters, which only calls its op. */
export interface OperationLayer<Options> extends Layer {
  readonly options: Options;
}

/** The options of an op that has none. */
export type NoOptions = Record<string, never>;

/** What `new` takes: options, which may be left out where each of them may. */
type Given<Options> = NoOptions extends Options ? [options?: Options] : [options: Options];

/** What tells one such layer from another. */
export interface OperationKind {
  /** The name of the class: `MaxPool2d`. */
  readonly type: string;
  /** The stem of the names of such layers: `pool`. */
  readonly kind: string;
  /** The spatial axes that inputs must have, first to last. Default: any shape will do. */
  readonly axes?: readonly string[];
}

type LayerClass<Options> = new (...given: Given<Options>) => OperationLayer<Options>;

/**
 * The class of layers that call `op`, to be extended by a class with a name and a description. An op with options says which,
 * as all functions do (`OptionNames` of `@tapegrad/core/authors`): the layer refuses others when it is made.
 *
 * @example
 * class Square extends operationLayer({ type: 'Square', kind: 'square' }, square) {}
 * class ELU extends operationLayer<EluOptions>({ type: 'ELU', kind: 'elu', options: { alpha: 'optional' } }, elu) {}
 */
export function operationLayer(of: OperationKind, op: (x: Tensor) => Tensor): LayerClass<NoOptions>;
export function operationLayer<Options extends object>(
  of: OperationKind & { readonly options: OptionNames<NoInfer<Options>> },
  op: (x: Tensor, options: Options) => Tensor,
): LayerClass<Options>;
/* @__NO_SIDE_EFFECTS__ */
export function operationLayer<Options extends object>(
  { type, kind, axes, options: names }: OperationKind & { readonly options?: OptionNames<Options> },
  op: (x: Tensor, options: Options) => Tensor,
  ...surplus: []
): LayerClass<Options> {
  checkSurplus('operationLayer', surplus);
  const hasOptions = Object.keys(names ?? {}).length > 0;
  return class implements OperationLayer<Options> {
    readonly type = type;
    readonly kind = kind;
    readonly parameters: readonly Parameter[] = [];
    readonly options: Options;

    constructor(...[options, ...surplus]: Given<Options>) {
      checkSurplus(type, surplus);
      this.options = keptOptions(checkOptions<object>(type, options, names ?? {})) as Options;
    }

    build(inputShape: Shape, context: BuildContext): Shape {
      const { name } = checkContext(this, inputShape, context);
      if (axes) checkAxes(name, inputShape, axes);
      return outputShapeOf(name, inputShape, (x) => this.call(x));
    }

    call(x: Tensor, ...rest: CallRest): Tensor {
      checkUnread(this.type, rest);
      checkTensor(type, 'x', x);
      // An op without options refuses even those that are empty.
      return hasOptions ? op(x, this.options) : (op as (x: Tensor) => Tensor)(x);
    }
  };
}
