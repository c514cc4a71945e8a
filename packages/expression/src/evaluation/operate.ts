import {
  add,
  divide,
  equal,
  greater,
  greaterOrEqual,
  matmul,
  multiply,
  pow,
  subtract,
  Tensor,
  type TensorLike,
} from '@tapegrad/core';
import type { Node, Operator } from '../syntax/tree.ts';
import { asTensor } from './asTensor.ts';
import { inItsPart } from './inItsPart.ts';
import type { Scope, Value } from './value.ts';

/** The op of each sign, and what it makes of two written numbers. */
const signs: Readonly<
  Record<
    Operator,
    { readonly op: (x: TensorLike, y: TensorLike) => Tensor; readonly of?: (x: number, y: number) => number }
  >
> = {
  '+': { op: add, of: (x, y) => x + y },
  '-': { op: subtract, of: (x, y) => x - y },
  '*': { op: multiply, of: (x, y) => x * y },
  '/': { op: divide, of: (x, y) => x / y },
  '^': { op: pow, of: (x, y) => x ** y },
  '@': { op: matmul },
  '>': { op: greater },
  '>=': { op: greaterOrEqual },
  '<': { op: (x, y) => greater(y, x) },
  '<=': { op: (x, y) => greaterOrEqual(y, x) },
  '==': { op: equal },
};

/** What an operator makes of two values. */
export function operate(node: Extract<Node, { kind: 'binary' }>, left: Value, right: Value, scope: Scope): Value {
  const { op, of } = signs[node.operator];
  if (of && typeof left === 'number' && typeof right === 'number') return of(left, right);
  return inItsPart(node, scope, () => {
    const [x, y] = [operand(left, node.left, scope), operand(right, node.right, scope)];
    // Two written numbers or lists bring the type and the tape along.
    return op(x instanceof Tensor || y instanceof Tensor ? x : asTensor(left, node.left, scope), y);
  });
}

/** A written number stays one, and becomes a constant of the op; a list becomes a tensor. */
const operand = (value: Value, node: Node, scope: Scope): TensorLike =>
  typeof value === 'number' ? value : asTensor(value, node, scope);
