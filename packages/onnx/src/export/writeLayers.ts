import type { BuiltLayer, GraphValues, Model } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { activations } from './activations.ts';
import { blocks, writeJoin } from './blocks.ts';
import { convolutions } from './convolutions.ts';
import type { GraphWriter } from './graphWriter.ts';
import type { LayerContext, LayerExport, ValueNames } from './layerExport.ts';
import { normalisations } from './normalisations.ts';
import { poolings } from './poolings.ts';
import { resizing } from './resizing.ts';
import { structure } from './structure.ts';

const layers: readonly LayerExport[] = [
  ...activations,
  ...convolutions,
  ...poolings,
  ...resizing,
  ...normalisations,
  ...structure,
  ...blocks,
];

/** Writes layers one behind the other, and returns the name of the value that comes out. */
export function writeRow(graph: GraphWriter, row: readonly BuiltLayer[], first: string): string {
  return row.reduce((input, built) => writeOne(graph, built, input), first);
}

/** Writes the layers of a graph, and returns the names of the values that come out. */
export function writeModel(graph: GraphWriter, model: Model<GraphValues, GraphValues>, inputs: ValueNames): ValueNames {
  const values = new Map(Object.entries(inputs));
  const named = (id: string): string => values.get(id) ?? '';
  for (const { id, name, layer, from, inputShapes, outputShape } of model.layers) {
    if ('joins' in layer) {
      const output = writeJoin(graph, name, layer, from.map(named), 1 + inputShapes[0].length);
      if (from.length > 1) graph.describe(output, outputShape);
      values.set(id, output);
    } else {
      const built = { name, layer, inputShape: inputShapes[0], outputShape };
      values.set(id, writeOne(graph, built, named(from[0])));
    }
  }
  return Object.fromEntries(Object.entries(model.sources).map(([name, id]) => [name, named(id)]));
}

function writeOne(graph: GraphWriter, { name, layer, inputShape, outputShape }: BuiltLayer, input: string): string {
  const context: LayerContext = {
    ...{ name, inputShape, outputShape, input, graph },
    row: (inner, from) => writeRow(graph, inner, from),
    model: (inner, from) => writeModel(graph, inner, from),
  };
  const output = writeLayer(context, layer);
  if (output !== input && !isBlock(layer)) graph.describe(output, outputShape);
  return output;
}

/** Whether a layer only holds others, the last of which has said what shape comes out. */
function isBlock({ type }: BuiltLayer['layer']): boolean {
  return type === 'Sequential' || type === 'Model';
}

function writeLayer(context: LayerContext, layer: BuiltLayer['layer']): string {
  for (const { write } of layers) {
    const output = write(layer, context);
    if (output !== undefined) return output;
  }
  throw new OnnxError({
    operation: context.name,
    got: `a layer of type ${layer.type}`,
    wanted: 'a layer of @tapegrad/nn, for which ONNX has operations',
    remedy: 'Export the model up to this layer, or build it of layers that ONNX knows',
  });
}
