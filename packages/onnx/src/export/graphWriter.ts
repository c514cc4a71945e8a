import type { Shape, Tensor } from '@tapegrad/core';
import { checkSurplus, sameShape, sizeOf } from '@tapegrad/core/authors';
import { elementTypes } from '../format/elements.ts';
import { type AttributeProto, attributeTypes, emptyAttribute, type GraphProto } from '../format/modelProto.ts';
import { emptyTensor, type TensorProto } from '../format/tensorProto.ts';
import type { Dimension, ValueInfoProto } from '../format/valueInfoProto.ts';
import type { Opset } from './opset.ts';

/** The options of a node. Whole numbers and those with a fraction are different things in ONNX: `float` makes the latter. */
export type NodeAttributes = Readonly<Record<string, number | string | readonly number[] | Float | undefined>>;

/** A number that is a float in the file, whole or not. */
export interface Float {
  readonly float: number;
}

/**
 * A number that is a float in the file.
 *
 * @example float(1).float // 1
 */
export const float = (number: number, ...surplus: []): Float => {
  checkSurplus('float', surplus);
  return { float: number };
};

export interface GraphOptions {
  /** The length of the batch axis; `undefined` for any. */
  readonly batch: number | undefined;
  /** The type of the file's numbers. */
  readonly elementType: number;
  /** The value that holds whole numbers, if there is one. */
  readonly indices: string | undefined;
  /** The names of the inputs and outputs, which no node within may have. */
  readonly reserved: readonly string[];
}

/** A graph that is being written: its nodes, its constants, and the version of the operations they are taken from. */
export class GraphWriter {
  readonly graph: GraphProto = { node: [], name: '', initializer: [], input: [], output: [], valueInfo: [] };
  readonly opset: Opset;
  /** The value that holds whole numbers, if the model begins with a table that is looked up. */
  readonly indices: string | undefined;
  readonly #batch: number | undefined;
  /** The type of the file's numbers, as `TensorProto.dataType` counts types. */
  readonly elementType: number;
  readonly #names: Set<string>;
  readonly #tensors = new Map<string, Tensor>();

  constructor(opset: Opset, { batch, elementType, indices, reserved }: GraphOptions, ...surplus: []) {
    checkSurplus('GraphWriter', surplus);
    this.opset = opset;
    this.#names = new Set(reserved);
    this.indices = indices;
    this.#batch = batch;
    this.elementType = elementType;
  }

  /**
   * Adds a node, and returns the name of its output.
   *
   * @param wanted what node and output are called; with a number behind it where another one is called so, as for a layer that
   * stands in the model twice
   * @param inputs names of values; an empty one is an input that is left out
   */
  node(
    wanted: string,
    opType: string,
    inputs: readonly string[],
    attributes: NodeAttributes = {},
    ...surplus: []
  ): string {
    checkSurplus('node', surplus);
    const name = this.#take(wanted);
    const attribute = Object.entries(attributes).flatMap(([key, value]) =>
      value === undefined ? [] : [attributeOf(key, value)],
    );
    this.graph.node.push({ input: [...inputs], output: [name], name, opType, attribute, domain: '' });
    return name;
  }

  /** A node that gives an output of the model, which has exactly that name. */
  output(name: string, input: string, ...surplus: []): void {
    checkSurplus('output', surplus);
    this.graph.node.push({ input: [input], output: [name], name, opType: 'Identity', attribute: [], domain: '' });
  }

  /** Adds a constant with the numbers of a tensor, in the type of the file, and returns its name. The same one again is there already. */
  tensor(name: string, x: Tensor, ...surplus: []): string {
    checkSurplus('tensor', surplus);
    const before = this.#tensors.get(name);
    if (before && sameShape(before.shape, x.shape)) return name;
    this.#tensors.set(name, x);
    const rawData = this.#bytesOf(x.toFlatArray());
    return this.#constant({ ...emptyTensor(), name, dims: [...x.shape], dataType: this.elementType, rawData });
  }

  /** Adds a constant of the model's type: a number without axes. */
  number(name: string, number: number, ...surplus: []): string {
    checkSurplus('number', surplus);
    return this.#constant({ ...emptyTensor(), name, dataType: this.elementType, rawData: this.#bytesOf([number]) });
  }

  /** Adds a tensor of one number over and over, which is not learnt: as a node of its own, unlike what is. */
  fixed(wanted: string, number: number, shape: Shape, ...surplus: []): string {
    checkSurplus('fixed', surplus);
    return this.#inNode(wanted, shape, new Array<number>(sizeOf(shape)).fill(number));
  }

  /** Adds the numbers of a tensor that is not learnt any more, as a node of its own. */
  kept(wanted: string, x: Tensor, ...surplus: []): string {
    checkSurplus('kept', surplus);
    return this.#inNode(wanted, x.shape, x.toFlatArray());
  }

  #inNode(wanted: string, shape: Shape, numbers: ArrayLike<number>): string {
    const name = this.#take(wanted);
    const t = { ...emptyTensor(), dims: [...shape], dataType: this.elementType, rawData: this.#bytesOf(numbers) };
    const attribute = [{ ...emptyAttribute(), name: 'value', t, type: attributeTypes.tensor }];
    this.graph.node.push({ input: [], output: [name], name, opType: 'Constant', attribute, domain: '' });
    return name;
  }

  /** Adds a constant list of whole numbers: a shape, axes. */
  wholes(name: string, numbers: readonly number[], ...surplus: []): string {
    checkSurplus('wholes', surplus);
    const rawData = new Uint8Array(BigInt64Array.from(numbers, BigInt).buffer);
    return this.#constant({ ...emptyTensor(), name, dims: [numbers.length], dataType: elementTypes.int64, rawData });
  }

  /** Adds a constant list of float32 numbers, whatever the model's type is: factors of a size. */
  floats(name: string, numbers: readonly number[], ...surplus: []): string {
    checkSurplus('floats', surplus);
    const rawData = new Uint8Array(Float32Array.from(numbers).buffer);
    return this.#constant({ ...emptyTensor(), name, dims: [numbers.length], dataType: elementTypes.float, rawData });
  }

  /** Says what shape a value has, without the batch axis. */
  describe(name: string, shape: Shape, ...surplus: []): void {
    checkSurplus('describe', surplus);
    this.graph.valueInfo.push(this.valueInfo(name, shape));
  }

  /** A value of the model's type, or of another one. */
  valueInfo(name: string, shape: Shape, elemType = this.elementType, ...surplus: []): ValueInfoProto {
    checkSurplus('valueInfo', surplus);
    const batch: Dimension = { dimValue: this.#batch, dimParam: this.#batch === undefined ? 'batch' : '' };
    const dim = [batch, ...shape.map((length) => ({ dimValue: length, dimParam: '' }))];
    return { name, type: { tensorType: { elemType, shape: { dim } } } };
  }

  #bytesOf(numbers: ArrayLike<number>): Uint8Array {
    const array = this.elementType === elementTypes.float ? Float32Array.from(numbers) : Float64Array.from(numbers);
    return new Uint8Array(array.buffer);
  }

  #constant(tensor: TensorProto): string {
    const name = this.#take(tensor.name);
    this.graph.initializer.push({ ...tensor, name });
    return name;
  }

  #take(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.#names.has(name); count++) name = `${wanted}.${count}`;
    this.#names.add(name);
    return name;
  }
}

function attributeOf(name: string, value: number | string | readonly number[] | Float): AttributeProto {
  const empty = { ...emptyAttribute(), name };
  if (typeof value === 'number') return { ...empty, i: value, type: attributeTypes.int };
  if (typeof value === 'string') return { ...empty, s: new TextEncoder().encode(value), type: attributeTypes.string };
  if ('float' in value) return { ...empty, f: value.float, type: attributeTypes.float };
  return { ...empty, ints: [...value], type: attributeTypes.ints };
}
