import type { Parameter, Shape } from '@tapegrad/core';
import type { BuiltLayer, Layer } from '../layers/layer.ts';
import type { JoinLayer } from '../models/joinLayer.ts';

/** An input of a model. */
export interface PlacedInput {
  readonly name: string;
  /** Without the batch axis. */
  readonly shape: Shape;
}

/** A layer where it stands in a model: what a row of a summary is about. */
export interface PlacedLayer {
  readonly name: string;
  readonly layer: Layer | JoinLayer;
  /** The inputs and layers that it takes, by name. */
  readonly from: readonly string[];
  readonly inputShapes: readonly Shape[];
  /** The shape of its first input. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** What it learns; none where it stands in the model for a second time, so that they are counted once. */
  readonly parameters: readonly Parameter[];
}

/** Layers one behind the other, each of which takes what the one before gives. */
export function inRow(layers: readonly BuiltLayer[], input: string): PlacedLayer[] {
  let before = input;
  return layers.map((built) => {
    const { layer, inputShape } = built;
    const placed = { ...built, from: [before], inputShapes: [inputShape], parameters: layer.parameters };
    before = built.name;
    return placed;
  });
}

/** The same layers with the parameters of each where it comes first alone. */
export function countedOnce(layers: readonly PlacedLayer[]): PlacedLayer[] {
  const met = new Set<Parameter>();
  return layers.map((placed) => {
    const parameters = placed.parameters.filter((parameter) => !met.has(parameter));
    for (const parameter of parameters) met.add(parameter);
    return { ...placed, parameters };
  });
}
