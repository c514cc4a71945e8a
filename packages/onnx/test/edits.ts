import { Random } from '@tapegrad/core';
import { Conv2d, Dense, Flatten, ReLU, Sequential } from '@tapegrad/nn';
import { exportOnnx } from '../src/export/exportOnnx.ts';
import { readFile, writeFile } from '../src/format/file.ts';
import {
  type AttributeProto,
  attributeTypes,
  emptyAttribute,
  type GraphProto,
  type ModelProto,
  type NodeProto,
} from '../src/format/modelProto.ts';
import { emptyTensor, type TensorProto } from '../src/format/tensorProto.ts';

export const model = new Sequential(
  [new Conv2d({ outChannels: 2, kernelSize: 3 }), new ReLU(), new Flatten(), new Dense({ outFeatures: 3 })],
  { inputShape: [1, 4, 4], random: new Random(1) },
);

/** The file of that model, saying something else. */
export function changed(change: (graph: GraphProto, model: ModelProto) => void): Uint8Array {
  const file = readFile(exportOnnx(model));
  const { graph } = file;
  if (!graph) throw new TypeError('an export without a graph');
  change(graph, file);
  return writeFile(file);
}

/** A node that bears the name of what it makes. */
export function node(opType: string, input: string[], output: string[], attribute: AttributeProto[] = []): NodeProto {
  return { opType, input, output, name: output[0], attribute, domain: '' };
}

/** Options of a node: lists and single whole numbers; those that end in `f` are floats, without the `f`. */
export function options(given: Readonly<Record<string, number | string | readonly number[]>>): AttributeProto[] {
  return Object.entries(given).map(([name, value]) => {
    const empty = { ...emptyAttribute(), name };
    if (typeof value === 'string') return { ...empty, s: new TextEncoder().encode(value), type: attributeTypes.string };
    if (typeof value !== 'number') return { ...empty, ints: [...value], type: attributeTypes.ints };
    if (name.endsWith(':f')) return { ...empty, name: name.slice(0, -2), f: value, type: attributeTypes.float };
    return { ...empty, i: value, type: attributeTypes.int };
  });
}

/** A constant of float32 numbers, 0, 0.1, 0.2, … unless they are given. */
export function floats(name: string, dims: number[], numbers?: readonly number[]): TensorProto {
  const size = dims.reduce((product, length) => product * length, 1);
  const list = numbers ?? Array.from({ length: size }, (_, at) => at / 10);
  return { ...emptyTensor(), name, dims, dataType: 1, rawData: new Uint8Array(Float32Array.from(list).buffer) };
}

/** A constant list of whole numbers. */
export function wholes(name: string, numbers: number[]): TensorProto {
  return { ...emptyTensor(), name, dims: [numbers.length], dataType: 7, int64Data: numbers };
}

export interface FileParts {
  readonly input: readonly (number | string)[];
  readonly nodes: readonly NodeProto[];
  readonly constants?: readonly TensorProto[];
  readonly opset?: number;
}

/** A file of these nodes between `input` and `output`. */
export function fileOf({ input, nodes, constants = [], opset = 17 }: FileParts): Uint8Array {
  return changed((graph, file) => {
    file.opsetImport[0].version = opset;
    graph.node = [...nodes];
    graph.initializer = [...constants];
    graph.valueInfo = [];
    const dim = input.map((length) =>
      typeof length === 'number' ? { dimValue: length, dimParam: '' } : { dimValue: undefined, dimParam: length },
    );
    graph.input[0].type = { tensorType: { elemType: 1, shape: { dim } } };
  });
}
