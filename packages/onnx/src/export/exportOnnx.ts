import type { DataType, Shape } from '@tapegrad/core';
import {
  checkHas,
  checkList,
  checkOptions,
  checkSurplus,
  checkText,
  type OptionNames,
  wrongKind,
} from '@tapegrad/core/authors';
import {
  type BuiltLayer,
  DropBlock,
  Dropout,
  Embedding,
  type GraphValues,
  type Model,
  type Sequential,
} from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { elementTypes } from '../format/elements.ts';
import { writeFile } from '../format/file.ts';
import { GraphWriter } from './graphWriter.ts';
import type { LayerExport, ValueNames } from './layerExport.ts';
import { Opset } from './opset.ts';
import { LayerWriter } from './writeLayers.ts';

export interface ExportOptions {
  /** What the graph is called. Default: `model`. */
  readonly name?: string;
  /** The version of ONNX's operations, from 17. Default: the oldest one that has what the layers need. */
  readonly opset?: number;
  /** How many examples a batch has: any number, or always the same. Default: `dynamic`. */
  readonly batch?: 'dynamic' | number;
  /**
   * The type of the numbers in the file. Default: that of the model. A file of float64 holds a model of float64 to the last
   * digit, but runtimes have few of their operations in that type: onnxruntime has no convolution of it. `float32` rounds.
   */
  readonly dtype?: DataType;
  /** How layers of your own are written, by `exporting`. Default: none. */
  readonly layers?: readonly LayerExport[];
  /** Texts to go with the model, by name. Default: none. */
  readonly metadata?: Readonly<Record<string, string>>;
}

const exportOptions: OptionNames<ExportOptions> = {
  name: 'optional',
  opset: 'optional',
  batch: 'optional',
  dtype: 'optional',
  layers: 'optional',
  metadata: 'optional',
};

/**
 * A model as the bytes of an ONNX file, for use and not for training: dropout is left out, batch normalisation takes its
 * running statistics. Weights are called as in saved files, `conv1.weight`, and each layer's output as the layer. The input
 * is `input`, `[batch, ...inputShape]`, of whole numbers (int64) if the model begins with an Embedding; the output is
 * `output`.
 *
 * @throws DataTypeError when something else than a model was given
 * @throws OnnxError when ONNX has no words for a layer, or not in the version that was asked for
 * @example
 * const model = new Sequential([new Dense({ outFeatures: 2 })], { inputShape: [3], random: new Random(1) });
 * importOnnx(exportOnnx(model)).model.parameters.length // 2
 */
export function exportOnnx<Inputs extends GraphValues, Outputs extends GraphValues>(
  model: Sequential | Model<Inputs, Outputs>,
  options: ExportOptions = {},
  ...surplus: []
): Uint8Array<ArrayBuffer> {
  checkSurplus('exportOnnx', surplus);
  const {
    name = 'model',
    opset: asked,
    batch = 'dynamic',
    dtype: asType,
    layers = [],
    metadata = {},
  } = checkOptions('exportOnnx', options, exportOptions);
  checkHas('exportOnnx', 'model', model, ['layers', 'inputShape', 'outputShape', 'dtype'], {
    wanted: 'a Sequential or a Model',
    remedy: 'Put a single layer into one: `new Sequential([layer], { inputShape, random })`',
  });
  const dtype = asType ?? model.dtype;
  checkTexts(name, metadata);
  checkLayers(layers);
  if (batch !== 'dynamic' && !(Number.isSafeInteger(batch) && batch >= 1)) {
    throw new OnnxError({
      operation: 'exportOnnx',
      got: `batch is ${String(batch)}`,
      wanted: "'dynamic', or a whole number of at least 1",
      remedy: 'Leave it out for batches of any size',
    });
  }
  const opset = new Opset(asked);
  const inputs = shapesByName(model.inputShape, 'input');
  const outputs = shapesByName(model.outputShape, 'output');
  checkType(dtype);
  const elementType = dtype === 'float32' ? elementTypes.float : elementTypes.double;
  const indices = tableInput(model);
  const graph = new GraphWriter(opset, {
    ...{ elementType, indices, batch: batch === 'dynamic' ? undefined : batch },
    reserved: [...Object.keys(inputs), ...Object.keys(outputs)],
  });
  const ends = write(new LayerWriter(graph, layers), model);
  for (const output of Object.keys(outputs)) graph.output(output, ends[output]);
  graph.graph.name = name;
  for (const [name, shape] of Object.entries(inputs)) {
    graph.graph.input.push(graph.valueInfo(name, shape, name === indices ? elementTypes.int64 : elementType));
  }
  for (const [name, shape] of Object.entries(outputs)) graph.graph.output.push(graph.valueInfo(name, shape));
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

type Exported = Sequential | Model<GraphValues, GraphValues>;

/** The shapes of the inputs or outputs by name; a single one is called `single`. */
function shapesByName(
  shapes: Shape | Readonly<Record<string, Shape>>,
  single: string,
): Readonly<Record<string, Shape>> {
  return Array.isArray(shapes) ? { [single]: shapes } : (shapes as Readonly<Record<string, Shape>>);
}

/** The input that begins with a table that is looked up, which takes whole numbers. */
function tableInput(model: Exported): string | undefined {
  if (model.type === 'Model') {
    const takers = (input: string) => model.layers.filter(({ from }) => from.includes(input));
    const inputs = Object.keys(shapesByName(model.inputShape, 'input'));
    return inputs.find(
      (name) => takers(name).length > 0 && takers(name).every(({ layer }) => layer instanceof Embedding),
    );
  }
  const first = model.layers.find(({ layer }) => !isLeftOut(layer));
  return first?.layer instanceof Embedding ? 'input' : undefined;
}

/** Writes a model whose inputs are called as its own, and returns the names of the values that come out. */
function write(writer: LayerWriter, model: Exported): ValueNames {
  if (model.type === 'Sequential') return { output: writer.row(model.layers, 'input') };
  const inputs = Object.keys(shapesByName(model.inputShape, 'input'));
  return writer.model(model, Object.fromEntries(inputs.map((name) => [name, name])));
}

function checkType(dtype: unknown): void {
  if (dtype === 'float32' || dtype === 'float64') return;
  throw new OnnxError({
    operation: 'exportOnnx',
    got: `dtype is ${String(dtype)}`,
    wanted: "'float32' or 'float64'",
    remedy: 'Leave it out for the type of the model',
  });
}

/** What the graph is called, and texts to go with it. */
function checkTexts(name: unknown, metadata: unknown): void {
  checkText('exportOnnx', 'name', name, "Put it into quotes: `name: 'digits'`");
  const isByName = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata);
  if (isByName && Object.values(metadata).every((text) => typeof text === 'string')) return;
  throw wrongKind('exportOnnx', 'metadata', metadata, {
    wanted: 'texts by name',
    remedy: "For example `metadata: { accuracy: '0.99' }`",
  });
}

function checkLayers(layers: unknown): void {
  const advice = {
    wanted: 'what `exporting` gives, in a list',
    remedy: 'Say how a layer of your own is written: `layers: [exporting(Square, …)]`',
  };
  checkList('exportOnnx', 'layers', layers, advice);
  for (const one of layers as readonly unknown[]) checkHas('exportOnnx', 'one of the layers', one, ['write'], advice);
}

function isLeftOut(layer: BuiltLayer['layer']): boolean {
  return layer instanceof Dropout || layer instanceof DropBlock;
}
