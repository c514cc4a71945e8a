import { garbageCollected, type Memory } from '../engine/memory.ts';
import { withSteadyMemory } from '../engine/restart.ts';
import { DataTypeError, TapeError } from '../errors.ts';
import { allocateFloats, type DataType } from '../kernels/dtype.ts';
import { defaultDataType, place, type TensorLike } from '../tensor/create.ts';
import { Parameter } from '../tensor/parameter.ts';
import { type Shape, sizeOf } from '../tensor/shape.ts';
import { copyInto, dtypeOf, type View, viewOf } from '../tensor/strided.ts';
import { Tensor } from '../tensor/tensor.ts';
import { Deferred, Literal } from './deferred.ts';
import { timed } from './profile.ts';
import { otherTape, Recording } from './recording.ts';
import type { Attributes, VJPs } from './step.ts';

/** An op as it happens: its value and, in the same breath, its derivative by each input. */
export interface Operation<Names extends string> {
  readonly operation: string;
  /** The inputs by name; an optional one that is not there is `undefined`. */
  readonly inputs: Readonly<Record<Names, Tensor | undefined>>;
  /** Options worth printing. */
  readonly attributes?: Attributes;
  /** Computes the output in memory that belongs to the tape, if there is one. */
  readonly value: (memory: Memory) => View;
  readonly vjps: VJPs<Names>;
  /**
   * The shape of an output that need not be computed before somebody asks for its numbers: later ops may take what they
   * need from further back. On a tape of float32 only; elsewhere everything is computed at once.
   */
  readonly postponed?: Shape;
}

/** The tensors made of an op's inputs: an optional input may stay `undefined`. */
export type Operands<Inputs> = { [Name in keyof Inputs]: undefined extends Inputs[Name] ? Tensor | undefined : Tensor };

type Given = Readonly<Record<string, TensorLike | undefined>>;

/**
 * Makes tensors of an op's inputs: numbers become constants of the tensors' type.
 *
 * @throws DataTypeError when float32 meets float64
 * @throws TapeError when a tensor's tape has ended, or two tapes meet
 */
export function operands<Inputs extends Given>(operation: string, inputs: Inputs): Operands<Inputs> {
  const dtype = commonDataType(operation, inputs);
  const memory = tapeOf(operation, inputs)?.memory ?? garbageCollected;
  const made: Record<string, Tensor | undefined> = {};
  for (const name in inputs) {
    const input: TensorLike | undefined = inputs[name];
    const isReady = input === undefined || input instanceof Tensor;
    made[name] = isReady ? input : new Literal(place(input, { dtype }, memory));
  }
  return made as Operands<Inputs>;
}

/**
 * Computes an op and writes it on the tape of its inputs. Without a tape nothing is written, but what comes from
 * parameters alone can still be written when it meets one.
 */
export function record<Names extends string>(described: Operation<Names>): Tensor {
  const { operation, attributes = {}, vjps } = described;
  const inputs = present(described.inputs);
  const tape = tapeOf(operation, inputs);
  if (tape) {
    const output = described.postponed
      ? postpone(described.postponed, inputs, tape, described)
      : new Tensor(compute(described, tape.memory), tape);
    tape.write({ operation, inputs, attributes, vjps }, output);
    return output;
  }
  const view = separate(compute(described, garbageCollected), inputs);
  if (Deferred.isPossible(inputs)) return new Deferred(view, { operation, inputs, attributes, vjps });
  return new Tensor(view, null, parameterBehind(inputs));
}

type Computation = Pick<Operation<string>, 'operation' | 'value'>;

function compute({ operation, value }: Computation, memory: Memory): View {
  return timed(operation, () => withSteadyMemory(() => value(memory)));
}

/** An output that is computed when its numbers are asked for, which must be before a parameter it comes from is changed. */
function postpone(
  shape: Shape,
  inputs: Readonly<Record<string, Tensor>>,
  tape: Recording,
  described: Computation,
): Tensor {
  const { dtype } = Object.values(inputs)[0];
  if (dtype !== 'float32') return new Tensor(compute(described, tape.memory), tape);
  const versions = Object.values(inputs).flatMap((x) => (x instanceof Parameter ? [{ x, version: x.version }] : []));
  const computeInTime = (): View => {
    const changed = versions.find(({ x, version }) => x.version !== version);
    if (!changed) return compute(described, tape.memory);
    throw new TapeError({
      operation: described.operation,
      got: `a request for numbers that nobody had needed so far, after the parameter ${changed.x.name} was changed`,
      wanted: 'a request before the optimiser steps',
      remedy: 'Read the values of a tape before its parameters change',
    });
  };
  return new Tensor({ shape, dtype, compute: computeInTime }, tape);
}

/** A view of a parameter would change with it; off the tape, where nobody watches over that, it becomes a copy. */
function separate(view: View, inputs: Readonly<Record<string, Tensor>>): View {
  const shared = Object.values(inputs).some((x) => x instanceof Parameter && x.view.data === view.data);
  return shared ? viewOf(copyInto(allocateFloats(dtypeOf(view), sizeOf(view.shape)), view), view.shape) : view;
}

function present(inputs: Readonly<Record<string, Tensor | undefined>>): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {};
  for (const name in inputs) {
    const input = inputs[name];
    if (input) tensors[name] = input;
  }
  return tensors;
}

function tapeOf(operation: string, inputs: Given): Recording | null {
  let tape: Recording | null = null;
  for (const name in inputs) {
    const input = inputs[name];
    if (!(input instanceof Tensor) || !(input.tape instanceof Recording)) continue;
    input.checkAlive(operation);
    if (tape !== null && tape !== input.tape) throw otherTape(operation, input);
    tape = input.tape;
  }
  return tape;
}

function commonDataType(operation: string, inputs: Given): DataType {
  let first: { name: string; dtype: DataType } | undefined;
  for (const name in inputs) {
    const input = inputs[name];
    if (!(input instanceof Tensor)) continue;
    if (first && first.dtype !== input.dtype) {
      throw new DataTypeError({
        operation,
        got: `${first.name} is ${first.dtype}, ${name} is ${input.dtype}`,
        wanted: 'operands of one type',
        remedy: `Convert one of them, for example \`cast(${name}, '${first.dtype}')\``,
      });
    }
    first ??= { name, dtype: input.dtype };
  }
  if (first) return first.dtype;
  const isDouble = (input: TensorLike | undefined): boolean =>
    input !== undefined && !(input instanceof Tensor) && defaultDataType(input) === 'float64';
  return Object.values(inputs).some(isDouble) ? 'float64' : 'float32';
}

function parameterBehind(inputs: Readonly<Record<string, Tensor>>): string | null {
  for (const name in inputs) {
    const input = inputs[name];
    if (input instanceof Parameter) return input.name;
    if (input instanceof Deferred) return parameterBehind(input.entry.inputs);
    if (input.unrecorded !== null) return input.unrecorded;
  }
  return null;
}
