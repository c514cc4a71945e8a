import {
  abs,
  add,
  clamp,
  divide,
  equal,
  exp,
  greater,
  greaterOrEqual,
  log,
  maximum,
  minimum,
  multiply,
  negate,
  pow,
  relu,
  reshape,
  sigmoid,
  sign,
  sqrt,
  subtract,
  type Tensor,
  tanh,
  where,
} from '@tapegrad/core';
import { MalformedCase } from '../outcome.ts';
import type { Node, OnnxOp } from './node.ts';
import { carried } from './value.ts';

/** Operators that work element by element. */
export const elementwise: Readonly<Record<string, OnnxOp>> = {
  Add: binary(add),
  Sub: binary(subtract),
  Mul: binary(multiply),
  // An integer quotient is cut towards zero when it becomes an integer again.
  Div: binary(divide),
  Pow: binary(pow),
  Equal: comparison(equal),
  Greater: comparison(greater),
  GreaterOrEqual: comparison(greaterOrEqual),
  Less: comparison((a, b) => greater(b, a)),
  LessOrEqual: comparison((a, b) => greaterOrEqual(b, a)),
  Min: variadic(minimum),
  Max: variadic(maximum),
  Sum: variadic(add),
  Mean: variadic(add, divide),
  Abs: unary(abs),
  Exp: unary(exp),
  Log: unary(log),
  Neg: unary(negate),
  Reciprocal: unary((x) => divide(1, x)),
  Relu: unary(relu),
  Sigmoid: unary(sigmoid),
  Sign: unary(sign),
  Sqrt: unary(sqrt),
  Tanh: unary(tanh),
  Clip: (node) => {
    const min = node.scalar(1) ?? node.attributes.number('min');
    const max = node.scalar(2) ?? node.attributes.number('max');
    return node.like(clamp(node.tensor(0), { min, max }));
  },
  Where: (node) => {
    const yes = node.input(1);
    return [
      {
        tensor: where(carried(node.input(0), yes.dtype), yes.tensor, carried(node.input(2), yes.dtype)),
        dtype: yes.dtype,
      },
    ];
  },
};

function unary(op: (x: Tensor) => Tensor): OnnxOp {
  return (node) => node.like(op(node.tensor(0)));
}

function binary(op: (a: Tensor, b: Tensor) => Tensor): OnnxOp {
  return (node) => {
    const [a, b] = aligned(node);
    return node.like(op(a, b));
  };
}

function comparison(op: (a: Tensor, b: Tensor) => Tensor): OnnxOp {
  return (node) => {
    const [a, b] = aligned(node);
    return node.like(op(a, b), 'bool');
  };
}

/**
 * Both operands, carried in the first's type where they differ (Pow). Before operator set 7 a `broadcast` with `axis` k
 * aligned the second operand's axes with the first's from axis k on.
 */
function aligned(node: Node): [Tensor, Tensor] {
  const [a, b] = [node.input(0), node.input(1)];
  const [left, right] = [carried(a, a.dtype), carried(b, a.dtype)];
  if (node.opset >= 7) return [left, right];
  node.attributes.flag('broadcast');
  const axis = node.attributes.number('axis');
  if (axis === undefined) return [left, right];
  const from = axis < 0 ? axis + left.rank : axis;
  const behind = left.rank - from - right.rank;
  if (behind < 0) throw new MalformedCase(`axis ${axis} leaves too few axes for the second operand`);
  return [left, reshape(right, [...right.shape, ...new Array<number>(behind).fill(1)])];
}

/** Any number of operands, folded from the left; `finish` may divide by how many there are. */
function variadic(
  op: (a: Tensor, b: Tensor) => Tensor,
  finish: (folded: Tensor, count: number) => Tensor = (folded) => folded,
): OnnxOp {
  return (node) => {
    const [first, ...rest] = node.inputs();
    if (first === undefined) throw new MalformedCase(`${node.op} without inputs`);
    const folded = rest.reduce((sofar, { tensor }) => op(sofar, tensor), first.tensor);
    return node.like(finish(folded, node.inputCount));
  };
}
