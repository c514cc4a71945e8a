import { type DataType, type Parameter, type Random, type Shape, type Tensor, ValueError } from '@tapegrad/core';
import { checkHas, checkNumberList } from '@tapegrad/core/authors';
import type { Cost } from '../summary/costs/cost.ts';
import type { LayerWindow } from '../summary/windows/axisMove.ts';
import type { LayerBuffer } from './layerBuffer.ts';

/** What a layer is told when it becomes part of a model. */
export interface BuildContext {
  /** The name of the layer, unique in its model: `conv1`. Its parameters are called `conv1.weight`, `conv1.bias`. */
  readonly name: string;
  /** Where the first weights come from. */
  readonly random: Random;
  readonly dtype: DataType;
}

/** What a model is called for. Only layers that behave differently in training, such as dropout, ask for it. */
export interface CallContext {
  /** Whether the parameters are being trained, or the model is only used. */
  readonly training: boolean;
  /** Where a layer that is random in training takes its numbers from. */
  readonly random?: Random;
}

/** One layer of a model: it learns its input's shape once, and is then called with batches of such inputs. */
export interface Layer {
  /** The name of its class: `Conv2d`. */
  readonly type: string;
  /** The stem of the name a model gives it: `conv`, `dense`. */
  readonly kind: string;
  /** What a model is to call it instead: `encoder`. Default: kind and number, `conv1`. */
  readonly name?: string | undefined;
  /**
   * Makes the parameters for inputs of `inputShape`, without the batch axis, and returns the shape of the outputs.
   *
   * @throws ShapeError when the layer cannot take such inputs
   * @throws ValueError when it was built before
   */
  build(inputShape: Shape, context: BuildContext): Shape;
  /** The output for a batch: `[batch, ...inputShape]` to `[batch, ...outputShape]`. */
  call(x: Tensor, context?: CallContext): Tensor;
  /** The parameters, in the order weight, bias; none before `build`. */
  readonly parameters: readonly Parameter[];
  /** What the layer keeps from call to call but does not learn, such as running statistics; none before `build`. */
  readonly buffers?: readonly LayerBuffer[];
  /**
   * What one output sees of the inputs, for a summary; shapes without the batch axis. For layers of your own: what those of
   * this package see stands in summary/layers. Behind a layer without it receptive fields are unknown.
   */
  window?(inputShape: Shape, outputShape: Shape): LayerWindow;
  /** What the layer does for one input, for a summary; shapes without the batch axis. Without it the cost is unknown. */
  cost?(inputShape: Shape, outputShape: Shape): Cost;
}

/** A layer of a model: its name, and the shapes before and after it, without the batch axis. */
export interface BuiltLayer {
  readonly name: string;
  readonly layer: Layer;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}

/**
 * What a layer is built with, after a look: a layer that is built by hand is easily given too little.
 *
 * @throws DataTypeError when there is no context, no name or no shape
 */
export function checkContext(layer: Layer, inputShape: Shape, context: BuildContext): BuildContext {
  const { type } = layer;
  const remedy = 'Put the layer into a Sequential, or call `build(inputShape, { name, random: new Random(1), dtype })`';
  const wanted = 'what a model tells its layers: { name, random, dtype }';
  checkNumberList(
    `${type}.build`,
    'inputShape',
    inputShape,
    'Give the shape of one input, without the batch axis: `[1, 28, 28]`',
  );
  checkHas(`${type}.build`, 'context', context, ['name'], { wanted, remedy });
  return context;
}

/** The same for a layer that draws its first weights. @throws DataTypeError when there are no random numbers */
export function checkDrawing(layer: Layer, inputShape: Shape, context: BuildContext): BuildContext {
  const { name, random } = checkContext(layer, inputShape, context);
  checkHas(name, 'random', random, ['uniform', 'normal'], {
    wanted: 'a Random, from which the first weights come',
    remedy: 'Give one with a seed: `random: new Random(1)`',
  });
  return context;
}

/** Options as a layer keeps them: a copy, for what becomes of those that were given must not change a layer made with them. */
export function keptOptions<Options extends object>(options: Options): Options {
  const kept: Record<string, unknown> = {};
  // As they are checked, those that are inherited too.
  for (const name in options) kept[name] = copied(options[name]);
  return kept as Options;
}

function copied(value: unknown): unknown {
  return Array.isArray(value) ? value.map(copied) : value;
}

/** Throws a ValueError when a layer that has parameters or buffers already is built again. */
export function checkUnbuilt(layer: Layer, name: string): void {
  const { parameters, buffers = [] } = layer;
  const [what, kept] = parameters.length > 0 ? ['parameters', parameters] : ['buffers', buffers];
  if (kept.length === 0) return;
  throw new ValueError({
    operation: name,
    got: `a ${layer.kind} layer that already has the ${what} ${kept.map(({ name }) => name).join(', ')}`,
    wanted: 'a layer that is not part of a model yet',
    remedy: 'Make a new layer each time',
  });
}

/** The error for a layer that is called before it was built. */
export function notBuilt(kind: string): ValueError {
  return new ValueError({
    operation: kind,
    got: 'a call before `build`',
    wanted: 'a layer that knows the shape of its input',
    remedy: 'Put it into a Sequential, or call `build(inputShape, { name, random, dtype })` first',
  });
}
