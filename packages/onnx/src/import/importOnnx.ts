import type { Shape, Tensor } from '@tapegrad/core';
import { checkBytes, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import {
  freeze,
  type GraphValues,
  type Layer,
  loadWeights,
  type Model,
  type Sequential,
  weightsOf,
} from '@tapegrad/nn';
import { damagedFile, OnnxError, severalProblems } from '../errors.ts';
import { elementTypes, integerTypes } from '../format/elements.ts';
import { readFile } from '../format/file.ts';
import type { GraphProto, ModelProto } from '../format/modelProto.ts';
import { arrange } from './arrange.ts';
import { type ExternalBytes, ExternalData } from './externalData.ts';
import { fuse } from './fuse.ts';
import { type Graph, readGraph } from './graph.ts';
import { checkGivenShapes, inputShapesOf } from './inputShapes.ts';
import { separate } from './separate.ts';
import { Shelf } from './shelf.ts';
import { quoted } from './sorting.ts';
import type { Recipe } from './translate.ts';
import { Translator } from './translator.ts';

export interface ImportOptions {
  /**
   * The shape of one input, without the batch axis, or of each by name. Default: what the file says, which need not say all
   * of it.
   */
  readonly inputShape?: Shape | Readonly<Record<string, Shape>>;
  /**
   * The weights that stand beside the file and not in it, as PyTorch puts them into `model.onnx.data`: the bytes of that file,
   * those of several by name, or a function that gives them. No name that leads out of the folder is asked for. Default: none.
   */
  readonly externalData?: ExternalBytes;
}

const importOptions: OptionNames<ImportOptions> = { inputShape: 'optional', externalData: 'optional' };

/** What a model of a file may be. */
export type ImportedModel = Sequential | Model<GraphValues, GraphValues>;

/** What a file holds. */
export interface Imported<Kind extends ImportedModel = Sequential> {
  /** The model, with its weights, ready to be used or trained further. */
  readonly model: Kind;
  /** What the graph is called. */
  readonly name: string;
  /** What has written the file. */
  readonly producer: string;
  /** The version of ONNX's operations that it is written in. */
  readonly opset: number;
  /** Texts that go with the model, by name. */
  readonly metadata: ReadonlyMap<string, string>;
}

const [oldestOpset, newestOpset] = [7, 25];

/**
 * The model in the bytes of an ONNX file. From one input to one output it is a `Sequential`: a row of layers and residual
 * blocks where it is one, else with a `Model` as its only layer. A file of several inputs or outputs is a `Model`, which takes
 * and gives them by their names in the file; say so by the type: `importOnnx<Model<GraphValues, GraphValues>>(bytes)`.
 *
 * Layers are named as those of any model, and it can be trained as any other. Dropout that the file still has is dropout
 * again; numbers that stand in nodes, such as a mean that is subtracted, are frozen.
 *
 * Nothing of the file is trusted: whatever its bytes, the import ends in a model or an OnnxError, soon and in bounded memory.
 *
 * @throws DataTypeError when something else than bytes was given
 * @throws OnnxError when the file is damaged, when its weights are elsewhere and are not given, or when it needs what no
 * layer computes: then it names every node that stands in the way
 * @example
 * const layers = [new Dense({ outFeatures: 2 })];
 * const bytes = exportOnnx(new Sequential(layers, { inputShape: [3], random: new Random(1) }));
 * importOnnx(bytes, { inputShape: [3] }).model.parameters.length; // 2
 */
export function importOnnx<Kind extends ImportedModel = Sequential>(
  bytes: Uint8Array,
  options: ImportOptions = {},
  ...surplus: []
): Imported<Kind> {
  checkSurplus('importOnnx', surplus);
  checkGivenShapes((options as ImportOptions | null)?.inputShape);
  const { inputShape, externalData } = checkOptions('importOnnx', options, importOptions);
  checkBytes('importOnnx', bytes);
  const file = readFile(bytes);
  const { graph: proto } = file;
  if (!proto) throw damagedFile(`${bytes.length} bytes without a graph`, 'a file of ONNX');
  const opset = opsetOf(file);
  const external = new ExternalData(externalData);
  const graph = readGraph(proto, external);
  const { shapes, batch } = inputShapesOf(graph.inputs, proto.input, inputShape);
  // A model that begins with a table takes whole numbers: there it is the output that tells.
  const ends = [...proto.input.filter(({ name }) => shapes.has(name)), ...proto.output];
  const isDouble = ends.some((value) => value.type?.tensorType?.elemType === elementTypes.double);
  const dtype = isDouble ? 'float64' : 'float32';
  const shelf = new Shelf(graph.constants, { dtype, fileLength: () => bytes.length + external.length });
  const translator = new Translator(graph.nodes, shelf, {
    ...{ inputShapes: shapes, opset, batch },
    described: shapesSaid(proto),
    wholes: wholesAmong(proto),
  });
  const nodes = translator.translate(fuse(separate(graph)).nodes);
  if (translator.problems.length > 0) throw severalProblems(translator.problems);
  const outputs = outputsOf(graph, translator);
  const { model, learnt } = arrange({ nodes, inputs: shapes, outputs, dtype });
  for (const [layer, recipe] of learnt) load(layer, recipe);
  return {
    // Which of both it is, the file says; whoever expects inputs by name says so by the type.
    model: model as Kind,
    name: proto.name,
    producer: [file.producerName, file.producerVersion].filter((text) => text !== '').join(' '),
    opset,
    metadata: new Map(file.metadataProps.map(({ key, value }) => [key, value])),
  };
}

/** Gives a layer what it has learnt. The names of its weights begin with its own name in the model. */
function load(layer: Layer, { learnt, isFixed = false }: Recipe): void {
  const given: [string, Tensor][] = [];
  for (const full of weightsOf(layer).keys()) {
    const names = [...learnt.keys()].filter((name) => full.endsWith(`.${name}`));
    // `offset.weight` ends in `weight` too.
    const [name] = names.sort((a, b) => b.length - a.length);
    const tensor = learnt.get(name);
    if (tensor) given.push([full, tensor]);
  }
  loadWeights(layer, given, { partial: true });
  if (isFixed) freeze(layer);
}

/** The value that each output is. */
function outputsOf({ outputs }: Graph, translator: Translator): ReadonlyMap<string, string> {
  return new Map(
    outputs.map((name) => {
      const source = translator.source(name);
      if (source !== undefined) return [name, source];
      throw new OnnxError({
        operation: 'importOnnx',
        got: `the output ${quoted(name)}, to which no input leads`,
        wanted: 'a model whose outputs depend on its inputs',
        remedy: 'Check which output was exported',
      });
    }),
  );
}

/** The inputs that are whole numbers by their type. */
function wholesAmong({ input }: GraphProto): ReadonlySet<string> {
  const isWhole = ({ type }: GraphProto['input'][number]): boolean => integerTypes.has(type?.tensorType?.elemType ?? 0);
  return new Set(input.filter(isWhole).map(({ name }) => name));
}

/** The shapes that the file says of values within, without the batch axis; only those that it says whole. */
function shapesSaid({ valueInfo }: GraphProto): (value: string) => Shape | undefined {
  let byName: ReadonlyMap<string, Shape | undefined> | undefined;
  return (value) => {
    byName ??= new Map(
      valueInfo.map(({ name, type }) => {
        const lengths = type?.tensorType?.shape?.dim.slice(1).map(({ dimValue }) => dimValue ?? 0) ?? [0];
        const isSaid = lengths.length <= 8 && lengths.every((length) => Number.isSafeInteger(length) && length >= 1);
        return [name, isSaid ? lengths : undefined];
      }),
    );
    return byName.get(value);
  };
}

function opsetOf({ opsetImport }: ModelProto): number {
  const version = opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version;
  if (version !== undefined && version >= oldestOpset && version <= newestOpset) return version;
  throw new OnnxError({
    operation: 'importOnnx',
    got: version === undefined ? 'a file that does not say its opset' : `opset ${version}`,
    wanted: `an opset from ${oldestOpset} to ${newestOpset}`,
    remedy: 'Convert the file, in Python with `onnx.version_converter`, or export it again',
  });
}
