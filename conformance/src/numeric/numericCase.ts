import type { DataType, Tensor } from '@tapegrad/core';
import type { Numbers, Tolerance } from '../compare.ts';
import type { StoredTensor } from '../stored.ts';
import type { Arguments } from './arguments.ts';

type Tensors = Readonly<Record<string, StoredTensor>>;

/** A case of an op: inputs, and the values and gradients that are wanted. */
export interface NumericCase {
  readonly inputs: Tensors;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly outputs: Tensors;
  /** ∂L/∂output for each output that L is made of; none where L is the output itself. */
  readonly cotangents: Tensors;
  readonly grads: Tensors | undefined;
  readonly second: SecondOrder | undefined;
  /** How close it must be, for each precision it is meant for. */
  readonly tolerances: readonly (readonly [DataType, Tolerance])[];
}

/** With S = Σ over k of sum(∂L/∂k · vectors[k]): ∂S/∂k, and ∂S/∂cotangent. */
export interface SecondOrder {
  readonly vectors: Tensors;
  readonly grads: Tensors;
  readonly cotangents: Tensors;
}

/** What an op returns, by output: a tensor, or plain numbers (counted indices, a norm), which have no gradient. */
export type Outputs = Readonly<Record<string, Tensor | Numbers>>;

/** An adapter: it calls tapegrad in the words of a foreign library. */
export type NumericOp = (inputs: Arguments) => Outputs;
