import { type BuiltLayer, DropBlock, Dropout, Embedding, type Sequential } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { elementTypes } from '../format/elements.ts';
import { writeFile } from '../format/file.ts';
import { activations } from './activations.ts';
import { convolutions } from './convolutions.ts';
import { GraphWriter } from './graphWriter.ts';
import type { LayerExport } from './layerExport.ts';
import { normalisations } from './normalisations.ts';
import { Opset } from './opset.ts';
import { poolings } from './poolings.ts';
import { resizing } from './resizing.ts';
import { structure } from './structure.ts';

export interface ExportOptions {
  /** What the graph is called. Default: `model`. */
  readonly name?: string;
  /** The version of ONNX's operations, from 17. Default: the oldest one that has what the layers need. */
  readonly opset?: number;
  /** How many examples a batch has: any number, or always the same. Default: `dynamic`. */
  readonly batch?: 'dynamic' | number;
  /** Texts to go with the model, by name. Default: none. */
  readonly metadata?: Readonly<Record<string, string>>;
}

const layers: readonly LayerExport[] = [
  ...activations,
  ...convolutions,
  ...poolings,
  ...resizing,
  ...normalisations,
  ...structure,
];

/**
 * A model as the bytes of an ONNX file, for use and not for training: dropout is left out, batch normalisation takes its
 * running statistics. Weights are called as in saved files, `conv1.weight`, and each layer's output as the layer. The input
 * is `input`, `[batch, ...inputShape]`, of whole numbers (int64) if the model begins with an Embedding; the output is
 * `output`.
 *
 * @throws OnnxError when ONNX has no words for a layer, or not in the version that was asked for
 * @example
 * await writeFile('model.onnx', exportOnnx(model));
 */
export function exportOnnx(
  model: Sequential,
  { name = 'model', opset: asked, batch = 'dynamic', metadata = {} }: ExportOptions = {},
): Uint8Array<ArrayBuffer> {
  if (batch !== 'dynamic' && !(Number.isSafeInteger(batch) && batch >= 1)) {
    throw new OnnxError({
      operation: 'exportOnnx',
      got: `batch is ${batch}`,
      wanted: "'dynamic', or a whole number of at least 1",
      remedy: 'Leave it out for batches of any size',
    });
  }
  const opset = new Opset(asked);
  const first = model.layers.find(({ layer }) => !isLeftOut(layer));
  const isIndexed = first?.layer instanceof Embedding;
  const elementType = model.dtype === 'float32' ? elementTypes.float : elementTypes.double;
  const graph = new GraphWriter(opset, {
    batch: batch === 'dynamic' ? undefined : batch,
    elementType,
    indices: isIndexed ? 'input' : undefined,
  });
  const last = writeRow(graph, model.layers, 'input');
  graph.node('output', 'Identity', [last]);
  graph.graph.name = name;
  graph.graph.input.push(graph.valueInfo('input', model.inputShape, isIndexed ? elementTypes.int64 : elementType));
  graph.graph.output.push(graph.valueInfo('output', model.outputShape));
  return writeFile({
    irVersion: opset.irVersion,
    producerName: 'tapegrad',
    producerVersion: '',
    docString: '',
    graph: graph.graph,
    opsetImport: [{ domain: '', version: opset.version }],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  });
}

/** Writes layers one behind the other, and returns the name of the value that comes out. */
function writeRow(graph: GraphWriter, row: readonly BuiltLayer[], first: string): string {
  let input = first;
  for (const { name, layer, inputShape, outputShape } of row) {
    const context = {
      name,
      inputShape,
      outputShape,
      input,
      graph,
      row: (inner: readonly BuiltLayer[], from: string) => writeRow(graph, inner, from),
    };
    const output = writeLayer(context, layer);
    if (output !== input) graph.describe(output, outputShape);
    input = output;
  }
  return input;
}

function writeLayer(context: Parameters<LayerExport['write']>[1], layer: BuiltLayer['layer']): string {
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

function isLeftOut(layer: BuiltLayer['layer']): boolean {
  return layer instanceof Dropout || layer instanceof DropBlock;
}
