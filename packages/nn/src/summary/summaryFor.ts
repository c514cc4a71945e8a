import { type DataType, type Shape, type Tensor, zeros } from '@tapegrad/core';
import { checkHas, checkShape, checkSurplus } from '@tapegrad/core/authors';
import type { BuiltLayer, Layer } from '../layers/layer.ts';
import type { Sequential } from '../layers/sequential.ts';
import type { GraphLayer, GraphValues } from '../models/graphBuilder.ts';
import type { Model, ShapesOf } from '../models/model.ts';
import { countedOnce, inRow, type PlacedInput, type PlacedLayer } from './placed.ts';
import { type Summary, summarise } from './summary.ts';

/** The shape of one input without the batch axis, or of each by name. */
export type InputShapes = Shape | Readonly<Record<string, Shape>>;

/**
 * What each layer of a model gives, learns, does and sees: sizes, parameters, multiply-accumulates and FLOPs, receptive
 * fields. As a string a table, `console.log(String(summary(model)))`; with its formulas, `summary(model).explain('conv1')`.
 * The layers of a `Sequential` within the model have rows of their own; other blocks are a row each.
 *
 * It is a function and no method, so that a page that trains a model and does not show it loads none of this.
 *
 * @param inputShape the shape of one input, without the batch axis, or of each by name. Default: what the model was built for.
 * For another size, as a net of convolutions takes it, the layers are tried on an input of zeros
 * @example
 * const model = new Sequential([new Dense({ outFeatures: 2 })], { inputShape: [3], random: new Random(1) });
 * summary(model).totalParameters // 8
 * @throws DataTypeError when it is no model
 * @throws ShapeError when a layer cannot take what the one before gives for such an input
 */
export function summary(model: Sequential, inputShape?: Shape): Summary;
export function summary<Inputs extends GraphValues, Outputs extends GraphValues>(
  model: Model<Inputs, Outputs>,
  inputShape?: ShapesOf<Inputs>,
): Summary;
export function summary(
  model: Sequential | Model<GraphValues, GraphValues>,
  inputShape?: InputShapes,
  ...surplus: []
): Summary {
  checkSurplus('summary', surplus);
  checkHas('summary', 'model', model, ['layers', 'inputShape'], {
    wanted: 'a Sequential or a Model',
    remedy: 'Give the model itself',
  });
  const inputs = inputsOf(inputShape ?? model.inputShape);
  for (const { shape } of inputs) checkShape('summary', shape);
  const layers = countedOnce(model.type === 'Model' ? inGraph(model.layers) : inRow(unnested(model.layers), 'input'));
  return summarise(inputs, inputShape === undefined ? layers : tried(inputs, layers, model.dtype));
}

function inputsOf(shapes: InputShapes): PlacedInput[] {
  if (Array.isArray(shapes)) return [{ name: 'input', shape: shapes }];
  return Object.entries(shapes).map(([name, shape]) => ({ name, shape }));
}

/** The layers with those of a `Sequential` among them in its stead. */
function unnested(layers: readonly BuiltLayer[]): BuiltLayer[] {
  return layers.flatMap((built) => {
    const inner = rowWithin(built.layer);
    return inner ? unnested(inner) : [built];
  });
}

function rowWithin(layer: GraphLayer['layer']): readonly BuiltLayer[] | undefined {
  return layer.type === 'Sequential' ? (layer as Layer as Sequential).layers : undefined;
}

function inGraph(layers: readonly GraphLayer[]): PlacedLayer[] {
  // Behind a row of layers stands its last one.
  const ends = new Map<string, string>();
  return layers.flatMap((each): PlacedLayer[] => {
    const from = each.from.map((id) => ends.get(id) ?? id);
    const inner = rowWithin(each.layer);
    if (inner) {
      const row = inRow(unnested(inner), from[0]);
      ends.set(each.id, row.at(-1)?.name ?? from[0]);
      return row;
    }
    const { id, layer, inputShapes, outputShape } = each;
    const { parameters } = layer;
    return [{ name: id, layer, from, inputShapes, inputShape: inputShapes[0], outputShape, parameters }];
  });
}

/** The layers with the shapes that come about when inputs have others than the model was built for. */
function tried(inputs: readonly PlacedInput[], layers: readonly PlacedLayer[], dtype: DataType): PlacedLayer[] {
  const values = new Map<string, Tensor>();
  for (const { name, shape } of inputs) values.set(name, zeros([1, ...shape], { dtype }));
  return layers.map((placed) => {
    const { layer, from, name } = placed;
    const taken = from.flatMap((id) => values.get(id) ?? []);
    const context = { training: false };
    const output = 'joins' in layer ? layer.call(taken, context) : layer.call(taken[0], context);
    values.set(name, output);
    const inputShapes = taken.map(({ shape }) => shape.slice(1));
    return { ...placed, inputShapes, inputShape: inputShapes[0], outputShape: output.shape.slice(1) };
  });
}
