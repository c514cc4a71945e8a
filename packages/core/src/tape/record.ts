import { allocateFloats } from '../allocate.ts';
import { garbageCollected, type Memory } from '../engine/memory.ts';
import { withSteadyMemory } from '../engine/restart.ts';
import type { DataType, FloatArray } from '../kernels/dtype.ts';
import { wrongKind } from '../kinds.ts';
import { copyNumbers, type TensorLike } from '../tensor/create.ts';
import { checkTensorLike } from '../tensor/kinds.ts';
import { Parameter } from '../tensor/parameter.ts';
import { type Shape, sizeOf } from '../tensor/shape.ts';
import { copyInto, dtypeOf, type View, viewOf } from '../tensor/strided.ts';
import { type Attributes, type Entry, Tensor, type VJPs } from '../tensor/tensor.ts';
import { commonDataType } from './commonDataType.ts';
import { comesFromParameters, parameterBehind, parametersSeen } from './parametersAlone.ts';
import { timed } from './profile.ts';
import { Recording } from './recording.ts';
import { otherTape } from './refusals.ts';

/** An op as it is called: the shape of its output, its value and, beside it, its derivative by each input. */
export type Operation<Names extends string> = {
  readonly operation: string;
  /** The inputs by name; an optional one that is not there is `undefined`. */
  readonly inputs: Readonly<Record<Names, Tensor | undefined>>;
  /** Options worth printing. */
  readonly attributes?: Attributes | undefined;
  /** The shape of the output. */
  readonly shape: Shape;
  /** The type of the output. Default: that of the first input. */
  readonly dtype?: DataType;
  readonly vjps: VJPs<Names>;
  /** Tensors besides the inputs that have to be computed first. Default: none. */
  readonly needs?: readonly Tensor[];
  /** What patterns of `fusion/` have to know of the op to compute it together with others. */
  readonly details?: unknown;
} & (
  | {
      /** Writes every number of the output; `memory` is for what is needed on the way. */
      readonly value: (y: FloatArray, memory: Memory) => void;
    }
  | {
      /** Gives the output as a view of an input's numbers, where nothing is to be computed. */
      readonly view: (memory: Memory) => View;
    }
);

/** The tensors made of an op's inputs: an optional input may stay `undefined`. */
export type Operands<Inputs, Optional = unknown> = { [Name in keyof Inputs]: Tensor } & {
  [Name in keyof Optional]: Tensor | undefined;
};

type Given = Readonly<Record<string, TensorLike | undefined>>;

/**
 * Makes tensors of an op's inputs: numbers become constants of the tensors' type.
 * @param required the inputs that must be there, by name
 * @param optional those that may be `undefined`, such as a bias
 * @example Object.keys(operands('half', { x: [1, 2] })) // ["x"]
 * @throws DataTypeError when an input is no tensor and no numbers, or float32 meets float64, and TapeError when tapes do
 */
export function operands<
  Required extends Readonly<Record<string, TensorLike>>,
  Optional extends Given = Record<never, never>,
>(operation: string, required: Required, optional?: Optional): Operands<Required, Optional> {
  for (const name in required) checkTensorLike(operation, name, required[name]);
  for (const name in optional) if (optional[name] !== undefined) checkTensorLike(operation, name, optional[name]);
  const inputs: Given = optional === undefined ? required : { ...required, ...optional };
  const dtype = commonDataType(operation, inputs);
  const memory = tapeOf(operation, inputs)?.memory ?? garbageCollected;
  let made = inputs as Record<string, Tensor | undefined>;
  for (const name in inputs) {
    const input = inputs[name];
    if (input === undefined || input instanceof Tensor) continue;
    if (made === inputs) made = { ...made };
    made[name] = new Tensor(copyNumbers(input, { dtype }, memory), null, { isLiteral: true });
  }
  return made as Operands<Required, Optional>;
}

/**
 * Writes an op on the tape of its inputs, to be computed when its numbers are needed. Without a tape it is computed at
 * once and nothing is written, but what comes from parameters alone can still be written when it meets a tape.
 *
 * @example
 * const half = (x: TensorLike): Tensor => {
 *   const inputs = operands('half', { x });
 *   const value = (y: FloatArray) => y.set(inputs.x.toFlatArray().map((number) => number / 2));
 *   return record({ operation: 'half', inputs, shape: inputs.x.shape, value, vjps: { x: half } });
 * };
 * half([2, 4]) // [1, 2]
 * @throws DataTypeError when a part is missing, and TapeError when a tape of the inputs has ended, or they stand on two
 */
export function record<Names extends string>(described: Operation<Names>): Tensor {
  if (described?.operation === undefined || !described.inputs || !described.shape || !described.vjps) {
    throw wrongKind('record', 'the op', described, {
      wanted: '{ operation, inputs, shape, value or view, vjps }',
      remedy: 'See docs/contributing/op.md, which makes an op from the beginning',
    });
  }
  const inputs = present(described.inputs);
  const tape = tapeOf(described.operation, inputs);
  const entry = entryOf(described, inputs);
  if (tape) {
    const output = new Tensor(entry, tape.tape, { entry });
    tape.write(output, entry);
    return output;
  }
  for (const x of entry.needs) if (!x.isComputed) x.tape?.compute(x);
  const view = separate(
    timed(entry.operation, () => withSteadyMemory(() => entry.compute(garbageCollected))),
    inputs,
  );
  if (comesFromParameters(inputs)) return new Tensor(view, null, { entry });
  return new Tensor(view, null, { unrecorded: parameterBehind(inputs) });
}

function entryOf(described: Operation<string>, inputs: Readonly<Record<string, Tensor>>): Entry {
  const { operation, attributes = {}, shape, dtype = firstOf(inputs).dtype, vjps, needs = none, details } = described;
  const isView = 'view' in described;
  const compute = isView
    ? described.view
    : (memory: Memory): View => {
        const y = memory.allocate(dtype, sizeOf(shape));
        // Kernels may run over axes of any length: where there is nothing to write they need not begin.
        if (y.length > 0) described.value(y, memory);
        return viewOf(y, shape);
      };
  const parameters = parametersSeen(inputs);
  return { operation, inputs, attributes, vjps, shape, dtype, compute, needs, isView, details, parameters };
}

const none: readonly Tensor[] = [];

function firstOf(inputs: Readonly<Record<string, Tensor>>): Tensor {
  for (const name in inputs) return inputs[name];
  throw new Error('an op without inputs says its own type');
}

/** A view of a parameter would change with it; off the tape, where its version is not checked, it becomes a copy. */
function separate(view: View, inputs: Readonly<Record<string, Tensor>>): View {
  const shared = Object.values(inputs).some((x) => x instanceof Parameter && x.view.data === view.data);
  return shared ? viewOf(copyInto(allocateFloats(dtypeOf(view), sizeOf(view.shape)), view), view.shape) : view;
}

/** The inputs that are there; the same record where all are. */
function present(inputs: Readonly<Record<string, Tensor | undefined>>): Readonly<Record<string, Tensor>> {
  if (areAllThere(inputs)) return inputs;
  const tensors: Record<string, Tensor> = {};
  for (const name in inputs) {
    const input = inputs[name];
    if (input) tensors[name] = input;
  }
  return tensors;
}

function areAllThere(inputs: Readonly<Record<string, Tensor | undefined>>): inputs is Readonly<Record<string, Tensor>> {
  for (const name in inputs) if (inputs[name] === undefined) return false;
  return true;
}

function tapeOf(operation: string, inputs: Given): Recording | null {
  let tape: Recording | null = null;
  for (const name in inputs) {
    const input = inputs[name];
    if (!(input instanceof Tensor) || !(input.tape?.recording instanceof Recording)) continue;
    input.checkAlive(operation);
    if (tape !== null && tape !== input.tape.recording) throw otherTape(operation, input);
    tape = input.tape.recording;
  }
  return tape;
}
