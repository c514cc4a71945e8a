import { jacobian, multiply, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
import type { Form, OperandName } from '../fields.ts';

/** Numbers in rows and columns, row by row. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly numbers: readonly number[];
}

/** Something that goes into a layer, and what comes back to it. */
export interface Operand extends Grid {
  readonly name: OperandName;
  /** ∂L/∂operand, found by the walk back. */
  readonly gradient: readonly number[];
  /** ∂y/∂operand: one row for each output, one column for each element. */
  readonly jacobian: readonly (readonly number[])[];
  /** In the same order: whether the output reads the element at all, also where the factor happens to be 0. */
  readonly isLinked: readonly (readonly boolean[])[];
}

/** A layer at work on a few numbers, forwards and backwards. */
export interface View {
  /** What it was computed from. */
  readonly form: Form;
  readonly operands: readonly Operand[];
  readonly output: Grid;
  /** g = ∂L/∂y, as the reader has set it. */
  readonly cotangent: Grid;
  /** L = Σ g·y, a loss whose gradient with respect to y is g. */
  readonly loss: number;
}

/** A layer as a function of its operands. */
export interface Layer<Name extends OperandName> {
  readonly operands: Readonly<Record<Name, Tensor>>;
  readonly call: (operands: Readonly<Record<Name, Tensor>>) => Tensor;
  /**
   * A function of the same reach whose slopes are nowhere 0: it tells a number that does not count from one that is not read.
   * Default: the layer itself, on numbers of which none is 0 and no two are equal.
   */
  readonly reach?: (operands: Readonly<Record<Name, Tensor>>) => Tensor;
  /** g for an output of so many numbers. */
  readonly cotangentOf: (count: number) => readonly number[];
}

/** A layer at work: its output, its gradients and its Jacobians, each by the library. */
export function viewOf<Name extends OperandName>(form: Form, layer: Layer<Name>): View {
  const names = Object.keys(layer.operands) as Name[];
  const y = layer.call(layer.operands);
  const cotangent = tensor(layer.cotangentOf(y.size), { shape: y.shape, dtype: 'float64' });
  const gradients = walkBack(layer, names, cotangent);
  return {
    form,
    operands: names.map((name) => ({
      name,
      ...gridOf(layer.operands[name]),
      gradient: gradients[name],
      jacobian: jacobianOf(layer.call, layer.operands, name),
      isLinked: jacobianOf(layer.reach ?? layer.call, unlike(layer.operands), name).map((row) =>
        row.map((slope) => slope !== 0),
      ),
    })),
    output: gridOf(y),
    cotangent: gridOf(cotangent),
    loss: sum(multiply(cotangent, y)).item(),
  };
}

function walkBack<Name extends OperandName>(
  { operands, call }: Layer<Name>,
  names: readonly Name[],
  cotangent: Tensor,
): Record<Name, number[]> {
  using tape = new Tape();
  const watched = each(names, (name) => tape.watch(operands[name]));
  const gradients = tape.gradients(call(watched), { cotangent });
  return each(names, (name) => Array.from(gradients.get(watched[name]).read()));
}

function jacobianOf<Name extends OperandName>(
  call: (operands: Readonly<Record<Name, Tensor>>) => Tensor,
  operands: Readonly<Record<Name, Tensor>>,
  name: Name,
): number[][] {
  const numbers = Array.from(jacobian((x) => call({ ...operands, [name]: x }), operands[name]).read());
  const { size } = operands[name];
  return Array.from({ length: numbers.length / size }, (_, row) => numbers.slice(row * size, (row + 1) * size));
}

/** Operands of the same shapes, with numbers of which none is 0 and no two are equal. */
function unlike<Name extends OperandName>(operands: Readonly<Record<Name, Tensor>>): Record<Name, Tensor> {
  let next = 1;
  return each(Object.keys(operands) as Name[], (name) => {
    const { shape, size } = operands[name];
    return tensor(
      Array.from({ length: size }, () => Math.sqrt(++next)),
      { shape, dtype: 'float64' },
    );
  });
}

const each = <Name extends string, Value>(names: readonly Name[], of: (name: Name) => Value): Record<Name, Value> =>
  Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, Value>;

/** A tensor as it is drawn: its last axis across, the one before down. */
function gridOf(x: Tensor): Grid {
  const columns = x.shape[x.rank - 1];
  return { rows: x.size / columns, columns, numbers: Array.from(x.read()) };
}
