import type { Shape } from '@tapegrad/core';
import type { BuiltLayer, GraphValues, JoinLayer, Layer, Model } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { activations } from './activations.ts';
import { alongAxes } from './axes.ts';
import { blocks } from './blocks.ts';
import { convolutions } from './convolutions.ts';
import { elementwise } from './elementwise.ts';
import type { GraphWriter } from './graphWriter.ts';
import { joins } from './joins.ts';
import { type JoinPosition, type LayerContext, type LayerExport, type ValueNames, writeLearnt } from './layerExport.ts';
import { normalisations } from './normalisations.ts';
import { poolings } from './poolings.ts';
import { resizing } from './resizing.ts';
import { structure } from './structure.ts';

const known: readonly LayerExport[] = [
  ...activations,
  ...elementwise,
  ...convolutions,
  ...poolings,
  ...resizing,
  ...alongAxes,
  ...normalisations,
  ...structure,
  ...blocks,
  ...joins,
];

/** Writes layers into a graph; those of this package, and of your own before them. */
export class LayerWriter {
  readonly #graph: GraphWriter;
  readonly #kinds: readonly LayerExport[];

  /** @param own how layers of your own are written, and those of this package that are to be written in another way */
  constructor(graph: GraphWriter, own: readonly LayerExport[]) {
    this.#graph = graph;
    this.#kinds = [...own, ...known];
  }

  /** Writes layers one behind the other, and returns the name of the value that comes out. */
  row(row: readonly BuiltLayer[], first: string): string {
    return row.reduce((input, built) => this.#one(built, input), first);
  }

  /** Writes the layers of a graph, and returns the names of the values that come out. */
  model(model: Model<GraphValues, GraphValues>, inputs: ValueNames): ValueNames {
    const values = new Map(Object.entries(inputs));
    const named = (id: string): string => values.get(id) ?? '';
    for (const { id, name, layer, from, inputShapes, outputShape } of model.layers) {
      if ('joins' in layer) {
        values.set(id, this.#join(layer, { name, inputs: from.map(named), inputShapes, outputShape }));
      } else {
        const built = { name, layer, inputShape: inputShapes[0], outputShape };
        values.set(id, this.#one(built, named(from[0])));
      }
    }
    return Object.fromEntries(Object.entries(model.sources).map(([name, id]) => [name, named(id)]));
  }

  #one({ name, layer, inputShape, outputShape }: BuiltLayer, input: string): string {
    const output = this.#write(layer, {
      ...this.#context(name, layer),
      input,
      inputs: [input],
      inputShape,
      outputShape,
    });
    if (output !== input && !isBlock(layer)) this.#graph.describe(output, outputShape);
    return output;
  }

  #join(layer: JoinLayer, { name, inputs, inputShapes, outputShape }: JoinPosition): string {
    const position = { input: inputs[0], inputs, inputShape: inputShapes[0], outputShape };
    const output = this.#write(layer, { ...this.#context(name, layer), ...position });
    if (!inputs.includes(output)) this.#graph.describe(output, outputShape);
    return output;
  }

  #context(name: string, layer: Layer | JoinLayer) {
    return {
      name,
      graph: this.#graph,
      weight: (which: string, shape?: Shape) => writeLearnt(layer, name, this.#graph, which, shape),
      row: (row: readonly BuiltLayer[], from: string) => this.row(row, from),
      model: (model: Model<GraphValues, GraphValues>, from: ValueNames) => this.model(model, from),
      join: (layer: JoinLayer, at: JoinPosition) => this.#join(layer, at),
    };
  }

  #write(layer: Layer | JoinLayer, context: LayerContext): string {
    for (const { write } of this.#kinds) {
      const output = write(layer, context);
      if (output !== undefined) return output;
    }
    throw new OnnxError({
      operation: context.name,
      got: `a layer of type ${layer.type}`,
      wanted: 'a layer of @tapegrad/nn, for which ONNX has operations',
      remedy:
        'Say how it is written, `exportOnnx(model, { layers: [exporting(…)] })`, or export the model up to this layer',
    });
  }
}

/** Whether a layer only holds others, the last of which has said what shape comes out. */
function isBlock({ type }: Layer): boolean {
  return type === 'Sequential' || type === 'Model' || type === 'Branches';
}
