import { DataTypeError, formatShape, type Parameter, type Shape, ShapeError, ValueError } from '@tapegrad/core';
import { sameShape } from '@tapegrad/core/authors';
import type { BuildContext, BuiltLayer, Layer } from './layer.ts';
import type { LayerBuffer } from './layerBuffer.ts';
import type { Names } from './names.ts';

/** How each layer was built that is part of a model, so that it can be part of a second one. */
const built = new WeakMap<Layer, BuiltLayer>();

/**
 * Builds a layer, or takes it as it was built for another model or earlier in this one: with its name and
 * its parameters, which both then share.
 *
 * @throws ShapeError when it was built for inputs of another shape
 * @throws DataTypeError when it was built for numbers of another type
 */
export function buildOrReuse(layer: Layer, inputShape: Shape, names: Names, context: BuildContext): BuiltLayer {
  const before = built.get(layer);
  if (before && hasState(layer)) {
    checkSame(before, inputShape, context);
    names.take(before.name);
    return before;
  }
  // A layer without state keeps its name where it is free, so that a part of a model reads as it did in the whole.
  if (before && sameShape(before.inputShape, inputShape) && names.take(before.name)) return before;
  const name = names.next(layer);
  names.take(name);
  const outputShape = layer.build(inputShape, { ...context, name });
  const now = { name, layer, inputShape, outputShape };
  built.set(layer, now);
  return now;
}

function hasState({ parameters, buffers = [] }: Layer): boolean {
  return parameters.length > 0 || buffers.length > 0;
}

function checkSame({ name, layer, inputShape }: BuiltLayer, wanted: Shape, { dtype }: BuildContext): void {
  if (!sameShape(inputShape, wanted)) {
    throw new ShapeError({
      operation: name,
      got: `inputs of shape ${formatShape(wanted)}, for a layer that was built for ${formatShape(inputShape)} before`,
      wanted: 'inputs of the same shape wherever a layer stands',
      remedy: 'Make a new layer for them, and give it the weights of this one with `loadWeights`',
    });
  }
  const other = layer.parameters.find((parameter) => parameter.dtype !== dtype);
  if (!other) return;
  throw new DataTypeError({
    operation: name,
    got: `a layer whose ${other.name} is ${other.dtype}, in a model of ${dtype}`,
    wanted: 'layers of the type of the model',
    remedy: `Build the model with \`dtype: '${other.dtype}'\``,
  });
}

/** Throws a ValueError where two parameters or buffers of a model have one name, as parts of two models may. */
export function checkNames(operation: string, parameters: readonly Parameter[], buffers: readonly LayerBuffer[]): void {
  const byName = new Map<string, object>();
  for (const state of [...parameters, ...buffers]) {
    const other = byName.get(state.name);
    if (other !== undefined && other !== state) {
      throw new ValueError({
        operation,
        got: `two different parameters or buffers called ${state.name}`,
        wanted: 'a name of its own for each',
        remedy: "Name the models that the layers come from: `new Sequential(layers, { name: 'encoder', … })`",
      });
    }
    byName.set(state.name, state);
  }
}

/** Each of these once, in order: a layer that stands in a model twice has its parameters once. */
export function once<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Set(items)];
}
