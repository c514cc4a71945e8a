import { formatShape, type Shape, ValueError } from '@tapegrad/core';
import { buildOrReuse } from '../layers/built.ts';
import type { BuildContext, Layer } from '../layers/layer.ts';
import { Names } from '../layers/names.ts';
import { checkValue, GraphValue } from './graphValue.ts';
import type { JoinLayer } from './joinLayer.ts';

/** One value, or several by name. */
export type GraphValues = GraphValue | Readonly<Record<string, GraphValue>>;

/** An input of a model: what it is called, and its shape without the batch axis. */
export interface NamedShape {
  readonly name: string;
  readonly shape: Shape;
}

/** A layer where it stands in a model: what it is called, where its inputs come from, and the shapes around it. */
export interface GraphLayer {
  /** Unique in the model, so that others can say where their inputs come from: a layer that stands in it twice has two. */
  readonly id: string;
  /** What its parameters are called by: `conv1`. */
  readonly name: string;
  readonly layer: Layer | JoinLayer;
  /** For each of its inputs, the name of the model's input or the `id` of the layer that it comes from. */
  readonly from: readonly string[];
  /** Without the batch axis. */
  readonly inputShapes: readonly Shape[];
  /** Without the batch axis. */
  readonly outputShape: Shape;
}

/** A layer and the indices of its inputs among all values, inputs of the model first. */
export interface GraphStep {
  readonly name: string;
  readonly layer: Layer | JoinLayer;
  readonly from: readonly number[];
}

/** Builds the layers of a graph in order, and says which index each value gets. */
export class GraphBuilder {
  readonly inputs: readonly NamedShape[];
  readonly layers: GraphLayer[] = [];
  readonly steps: GraphStep[] = [];
  /** For each value, the name of the input or the `id` of the layer that it comes from. */
  readonly ids: string[] = [];
  readonly shapes: Shape[] = [];
  readonly #indices = new Map<GraphValue, number>();
  readonly #taken = new Set<string>();
  readonly #joins = new Map<JoinLayer, string>();
  readonly #names: Names;
  readonly #context: BuildContext;

  constructor(inputs: readonly (readonly [name: string, value: GraphValue])[], context: BuildContext) {
    this.#names = new Names(context.name);
    this.#context = context;
    this.inputs = inputs.map(([name, value]) => {
      if (!('shape' in value.origin)) throw noInput(name);
      this.#put(value, name, value.origin.shape);
      return { name, shape: value.origin.shape };
    });
  }

  /** The index of a value that was added. */
  indexOf(value: GraphValue): number {
    return this.#indices.get(value) as number;
  }

  /** Adds a value behind those that it is made from. @throws ShapeError naming the layer that cannot take them */
  add(value: GraphValue): void {
    if (this.#indices.has(value)) return;
    const { origin } = value;
    if ('shape' in origin) throw otherInput(origin.shape, this.inputs);
    const from = origin.from.map((each) => this.indexOf(each));
    const inputShapes = from.map((index) => this.shapes[index]);
    const { name, outputShape } =
      'join' in origin ? this.#buildJoin(origin.join, inputShapes) : this.#buildLayer(origin.layer, inputShapes[0]);
    const layer = 'join' in origin ? origin.join : origin.layer;
    const id = this.#idOf(name);
    this.layers.push({ id, name, layer, from: from.map((index) => this.ids[index]), inputShapes, outputShape });
    this.steps.push({ name, layer, from });
    this.#put(value, id, outputShape);
  }

  #buildLayer(layer: Layer, inputShape: Shape): { readonly name: string; readonly outputShape: Shape } {
    return buildOrReuse(layer, inputShape, this.#names, this.#context);
  }

  #buildJoin(layer: JoinLayer, inputShapes: readonly Shape[]): { readonly name: string; readonly outputShape: Shape } {
    const before = this.#joins.get(layer);
    if (before !== undefined && layer.parameters.length > 0) throw joinedTwice(before);
    const name = this.#names.next(layer);
    this.#names.take(name);
    this.#joins.set(layer, name);
    return { name, outputShape: layer.build(inputShapes, { ...this.#context, name }) };
  }

  #put(value: GraphValue, id: string, shape: Shape): void {
    this.#indices.set(value, this.ids.length);
    this.ids.push(id);
    this.#taken.add(id);
    this.shapes.push(shape);
  }

  /** The name of a layer, and a number where it stands in the model before. */
  #idOf(name: string): string {
    for (let count = 1; ; count++) {
      const id = count === 1 ? name : `${name}.${count}`;
      if (!this.#taken.has(id)) return id;
    }
  }
}

/**
 * The values by name; one by itself gets the name `single`.
 *
 * @throws ValueError when there are none
 */
export function valuesByName(
  option: 'inputs' | 'outputs',
  values: GraphValues,
  single: string,
): readonly (readonly [name: string, value: GraphValue])[] {
  if (values instanceof GraphValue) return [[single, values]];
  if (!isRecord(values)) checkValue('Model', option, values);
  const entries = Object.entries(values);
  for (const [name, value] of entries) checkValue('Model', `${option}.${name}`, value);
  if (entries.length > 0) return entries;
  throw new ValueError({
    operation: 'Model',
    got: `no ${option}`,
    wanted: 'a value, or several by name',
    remedy: 'Give what `input` and `to` gave: `new Model({ inputs: image, outputs: scores, random })`',
  });
}

/** Whether something is an object of things by name, and not a tensor or a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function noInput(name: string): ValueError {
  return new ValueError({
    operation: 'Model',
    got: `the input ${name}, which is made of others`,
    wanted: 'what `input` gave',
    remedy: 'To make a model of a part of another one, begin with an `input` of the shape of that value',
  });
}

function otherInput(shape: Shape, inputs: readonly NamedShape[]): ValueError {
  return new ValueError({
    operation: 'Model',
    got: `an output that needs an input of shape ${formatShape(shape)}, which is not among the inputs ${inputs.map(({ name }) => name).join(', ')}`,
    wanted: 'all inputs that the outputs need',
    remedy: 'Name each of them: `inputs: { image, age }`',
  });
}

function joinedTwice(name: string): ValueError {
  return new ValueError({
    operation: 'Model',
    got: `${name}, a layer of several inputs with parameters, twice`,
    wanted: 'one of its own for each join',
    remedy: 'Make a new one',
  });
}
