import {
  abs,
  add,
  clamp,
  divide,
  exp,
  log,
  maximum,
  minimum,
  multiply,
  negate,
  pow,
  relu,
  sigmoid,
  sqrt,
  subtract,
  type Tensor,
  tanh,
  where,
} from '@tapegrad/core';
import type { NumericOp } from '../numeric/numericCase.ts';
import { MalformedCase } from '../outcome.ts';

/** Ops that work element by element. */
export const elementwise: Readonly<Record<string, NumericOp>> = {
  add: binary(add),
  sub: binary(subtract),
  mul: binary(multiply),
  div: binary(divide),
  pow: binary(pow),
  maximum: binary(maximum),
  minimum: binary(minimum),
  neg: unary(negate),
  abs: unary(abs),
  exp: unary(exp),
  log: unary(log),
  sqrt: unary(sqrt),
  relu: activation(relu),
  sigmoid: activation(sigmoid),
  tanh: activation(tanh),
  pow_scalar: (inputs) => {
    const exponent = inputs.attributes.number('exponent');
    if (exponent === undefined) throw new MalformedCase('pow_scalar without an exponent');
    return { output: pow(inputs.tensor('x'), exponent) };
  },
  clamp: (inputs) => {
    const [min, max] = [inputs.attributes.number('min'), inputs.attributes.number('max')];
    return { output: clamp(inputs.tensor('x'), { min, max }) };
  },
  where: (inputs) => ({ output: where(inputs.tensor('condition'), inputs.tensor('x'), inputs.tensor('y')) }),
};

function binary(op: (x: Tensor, y: Tensor) => Tensor): NumericOp {
  return (inputs) => ({ output: op(inputs.tensor('x'), inputs.tensor('y')) });
}

function unary(op: (x: Tensor) => Tensor): NumericOp {
  return (inputs) => ({ output: op(inputs.tensor('x')) });
}

function activation(op: (x: Tensor) => Tensor): NumericOp {
  return (inputs) => ({ output: op(inputs.tensor('input')) });
}
