import { type DataType, Random, type Shape } from '@tapegrad/core';
import { type GraphValue, type GraphValues, input, join, type Layer, Model, Residual, Sequential } from '@tapegrad/nn';
import type { Recipe } from './translate.ts';
import type { PlacedNode } from './translator.ts';
import { type Row, Walk } from './walk.ts';

/** What a model is made of: nodes with their layers, between inputs and outputs by name. */
export interface Placed {
  readonly nodes: readonly PlacedNode[];
  /** The shape of each input, without the batch axis. */
  readonly inputs: ReadonlyMap<string, Shape>;
  /** The value that each output is. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly dtype: DataType;
}

/** A model, and what each of its layers has learnt. */
export interface Arranged {
  readonly model: Sequential | Model<GraphValues, GraphValues>;
  readonly learnt: ReadonlyMap<Layer, Recipe>;
}

/**
 * A `Sequential` where one input leads to one output: a row of layers and residual blocks where it is one, else with a `Model`
 * as its only layer. With several inputs or outputs, a `Model` with these by name.
 */
export function arrange(placed: Placed): Arranged {
  const { inputs, outputs, nodes, dtype } = placed;
  const maker = new Maker();
  const [[name, inputShape]] = inputs;
  const [output] = outputs.values();
  if (inputs.size > 1 || outputs.size > 1) return { model: modelOf(placed, maker), learnt: maker.learnt };
  const options = { inputShape, random: new Random(0), dtype };
  const row = new Walk({ nodes, input: name, inputShape, output }).row();
  const layers = row ? rowOf(row, maker) : [modelOf(placed, maker) as Model];
  return { model: new Sequential(layers, options), learnt: maker.learnt };
}

/** The layers of a row, made. */
function rowOf({ parts }: Row, maker: Maker): Layer[] {
  return parts.map((part) => {
    if ('body' in part) return new Residual(rowOf(part.body, maker), { shortcut: rowOf(part.shortcut, maker) });
    return maker.made(part);
  });
}

/** Makes layers: a new one each time, but that which a node of the same weights and options has made before. */
class Maker {
  readonly learnt = new Map<Layer, Recipe>();
  readonly #byIdentity = new Map<string, Layer>();

  made(recipe: Recipe): Layer {
    const { identity } = recipe;
    const layer = (identity === undefined ? undefined : this.#byIdentity.get(identity)) ?? recipe.make();
    if (identity !== undefined) this.#byIdentity.set(identity, layer);
    this.learnt.set(layer, recipe);
    return layer;
  }
}

/** A graph as it is. */
function modelOf({ nodes, inputs, outputs, dtype }: Placed, maker: Maker): Model<GraphValues, GraphValues> {
  const entries = [...inputs].map(([name, shape]) => [name, input(shape)] as const);
  const values = new Map<string, GraphValue>(entries);
  const known = (name: string): GraphValue => values.get(name) as GraphValue;
  for (const { inputs: from, output, steps } of nodes) {
    let value = known(from[0]);
    for (const step of steps) {
      value = 'make' in step ? value.to(maker.made(step)) : join(step.join(), from.map(known));
    }
    values.set(output, value);
  }
  const exits = [...outputs].map(([name, value]) => [name, known(value)] as const);
  return new Model<GraphValues, GraphValues>({
    inputs: oneOrNamed(entries),
    outputs: oneOrNamed(exits),
    random: new Random(0),
    dtype,
  });
}

/** A single value by itself, several by name. */
function oneOrNamed(entries: readonly (readonly [name: string, value: GraphValue])[]): GraphValues {
  return entries.length === 1 ? entries[0][1] : Object.fromEntries(entries);
}
