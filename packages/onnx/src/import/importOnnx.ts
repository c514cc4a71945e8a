import { formatShape, Random, type Shape, type Tensor } from '@tapegrad/core';
import { checkOptions, type OptionNames } from '@tapegrad/core/authors';
import { type Layer, loadWeights, Sequential, weightsOf } from '@tapegrad/nn';
import { damagedFile, OnnxError } from '../errors.ts';
import { elementName, elementTypes } from '../format/elements.ts';
import { readFile } from '../format/file.ts';
import type { ModelProto } from '../format/modelProto.ts';
import type { ValueInfoProto } from '../format/valueInfoProto.ts';
import { fuse } from './fuse.ts';
import { readGraph } from './graph.ts';
import { Shelf } from './shelf.ts';
import type { Recipe } from './translate.ts';
import { made, Walk } from './walk.ts';

export interface ImportOptions {
  /** The shape of one input, without the batch axis. Default: what the file says, which need not say all of it. */
  readonly inputShape?: Shape;
}

const importOptions: OptionNames<ImportOptions> = { inputShape: 'optional' };

/** What a file holds. */
export interface Imported {
  /** The model, with its weights, ready to be used or trained further. */
  readonly model: Sequential;
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

/** Inputs of more numbers than that are no inputs of a small CNN. */
const largestInput = 2 ** 28;

/**
 * The model in the bytes of an ONNX file: a row of layers, some of which may be residual blocks. Its layers are named as
 * those of any model, and it can be trained as any other. Dropout that the file still has is dropout again.
 *
 * Nothing of the file is trusted: whatever its bytes, the import ends in a model or an OnnxError, soon and in bounded memory.
 *
 * @throws OnnxError when the file is damaged, has its weights elsewhere, or needs what no layer computes, naming the node
 * @example
 * const { model } = importOnnx(await readFile('resnet.onnx'), { inputShape: [3, 32, 32] });
 */
export function importOnnx(bytes: Uint8Array, options: ImportOptions = {}): Imported {
  checkOptions('importOnnx', options, importOptions);
  const file = readFile(bytes);
  const { graph: proto } = file;
  if (!proto) throw damagedFile(`${bytes.length} bytes without a graph`, 'a file of ONNX');
  const opset = opsetOf(file);
  const graph = readGraph(proto);
  const input = proto.input.find(({ name }) => name === graph.input);
  const { shape, batch } = inputShapeOf(input, options.inputShape);
  // A model that begins with a table takes whole numbers: there it is the output that tells.
  const isDouble = [input, ...proto.output].some((value) => value?.type?.tensorType?.elemType === elementTypes.double);
  const dtype = isDouble ? 'float64' : 'float32';
  const shelf = new Shelf(graph.constants, { dtype, fileLength: bytes.length });
  const row = new Walk(fuse(graph), shelf, { inputShape: shape, opset, batch }).row();
  const learnt = new Map<Layer, Recipe['learnt']>();
  const model = new Sequential(made(row, learnt), { inputShape: shape, random: new Random(0), dtype });
  for (const [layer, weights] of learnt) load(layer, weights);
  return {
    model,
    name: proto.name,
    producer: [file.producerName, file.producerVersion].filter((text) => text !== '').join(' '),
    opset,
    metadata: new Map(file.metadataProps.map(({ key, value }) => [key, value])),
  };
}

/** Gives a layer what it has learnt. The names of its weights begin with its own name in the model. */
function load(layer: Layer, learnt: Recipe['learnt']): void {
  const given: [string, Tensor][] = [];
  for (const full of weightsOf(layer).keys()) {
    const names = [...learnt.keys()].filter((name) => full.endsWith(`.${name}`));
    // `offset.weight` ends in `weight` too.
    const [name] = names.sort((a, b) => b.length - a.length);
    const tensor = learnt.get(name);
    if (tensor) given.push([full, tensor]);
  }
  loadWeights(layer, given, { partial: true });
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

/** The shape of one input, and the length of the batch if the file fixes it. */
function inputShapeOf(
  input: ValueInfoProto | undefined,
  given: Shape | undefined,
): { shape: Shape; batch: number | undefined } {
  const tensor = input?.type?.tensorType;
  const type = tensor?.elemType;
  const dim = tensor?.shape?.dim ?? [];
  const numeric: readonly (number | undefined)[] = Object.values(elementTypes);
  if (!numeric.includes(type)) {
    throw new OnnxError({
      operation: 'importOnnx',
      got: `an input of ${elementName(type)}`,
      wanted: 'float, double, float16 or whole numbers',
      remedy: 'Export the model before it is quantised',
    });
  }
  const [first, ...rest] = dim.map(({ dimValue }) => dimValue);
  const shape = given ?? rest.map((length) => length ?? 0);
  const fits =
    given === undefined ||
    dim.length === 0 ||
    (given.length === rest.length && rest.every((length, at) => length === undefined || length === given[at]));
  const size = shape.reduce((product, length) => product * length, 1);
  const isShape = shape.length <= 8 && shape.every((length) => Number.isSafeInteger(length) && length >= 1);
  if (fits && isShape && size <= largestInput && (dim.length > 0 || given)) {
    return { shape, batch: first !== undefined && first >= 1 ? first : undefined };
  }
  const said = dim.slice(0, 8).map(({ dimValue, dimParam }) => dimValue ?? (dimParam.slice(0, 20) || '?'));
  throw new OnnxError({
    operation: 'importOnnx',
    got: `an input of shape [${said.join(', ')}]${given ? `, and the inputShape ${formatShape(given)}` : ''}`,
    wanted: `lengths of at least 1 behind the batch axis, and at most ${largestInput} numbers`,
    remedy: 'Say the shape of one input: `importOnnx(bytes, { inputShape: [3, 32, 32] })`',
  });
}
