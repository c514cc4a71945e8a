import type { Tensor } from '@tapegrad/core';
import type { Attributes } from '../attributes.ts';
import { MalformedCase, Unsupported } from '../outcome.ts';
import { carried, carrierOf, fromCarrier, type Value } from './value.ts';

/** One ONNX node as an adapter sees it: its inputs in order, `null` where one is left out, and its attributes. */
export class Node {
  readonly op: string;
  readonly opset: number;
  readonly attributes: Attributes;
  /** How many outputs are asked for. */
  readonly outputCount: number;
  readonly #inputs: readonly (Value | null)[];
  readonly #read = new Set<number>();

  constructor(
    { op, opset, outputCount }: { op: string; opset: number; outputCount: number },
    inputs: readonly (Value | null)[],
    attributes: Attributes,
  ) {
    this.op = op;
    this.opset = opset;
    this.outputCount = outputCount;
    this.#inputs = inputs;
    this.attributes = attributes;
    // What old operator sets said about memory and inference, which changes no number.
    attributes.informational('consumed_inputs');
  }

  get inputCount(): number {
    return this.#inputs.length;
  }

  optional(index: number): Value | undefined {
    this.#read.add(index);
    return this.#inputs[index] ?? undefined;
  }

  input(index: number): Value {
    const value = this.optional(index);
    if (value) return value;
    throw new MalformedCase(`input ${index} is missing`);
  }

  /** All inputs of an op that takes any number of them. */
  inputs(): Value[] {
    return this.#inputs.map((_, index) => this.input(index));
  }

  /** Whole numbers that an input holds: axes, shapes. */
  wholes(index: number): readonly number[] | undefined {
    const value = this.optional(index);
    return value && Array.from(value.tensor.toFlatArray());
  }

  /** The single number that an input holds. */
  scalar(index: number): number | undefined {
    return this.optional(index)?.tensor.item();
  }

  /** Whole numbers that stand in an input or, in old operator sets, in an attribute. */
  wholesOrAttribute(index: number, name: string): readonly number[] | undefined {
    return this.optional(index) === undefined ? this.attributes.wholes(name) : this.wholes(index);
  }

  /** A result of the type of input 0. */
  like(tensor: Tensor, dtype = this.input(0).dtype): Value[] {
    return [{ tensor, dtype }];
  }

  /** The tensor of an input, carried in the type of input 0. */
  tensor(index: number): Tensor {
    return carried(this.input(index), this.input(0).dtype);
  }

  checkAllRead(): void {
    const unread = this.#inputs.flatMap((input, index) => (input && !this.#read.has(index) ? [index] : []));
    if (unread.length > 0) throw new Unsupported(`input ${unread.join(', ')} of ${this.op}`);
    this.attributes.checkAllRead();
  }
}

/** An adapter of one ONNX operator. */
export type OnnxOp = (node: Node) => readonly (Value | null)[];

/** An integer or boolean result, made whole by the rule of its type before the next node sees it. */
export function settled(value: Value, rebuild: (numbers: Float64Array, shape: readonly number[]) => Tensor): Value {
  if (value.dtype === carrierOf(value.dtype)) return value;
  const { numbers, shape } = fromCarrier(value);
  return { tensor: rebuild(Float64Array.from(numbers), shape), dtype: value.dtype };
}
