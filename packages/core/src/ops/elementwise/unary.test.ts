import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf, gradientTensors } from '../../../test/gradients.ts';
import { double, uniform } from '../../../test/numbers.ts';
import { Tape } from '../../fusion/tape.ts';
import type { FloatArray } from '../../kernels/dtype.ts';
import { tensor } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { relu } from '../activations/relu.ts';
import { sigmoid } from '../activations/sigmoid.ts';
import { tanh } from '../activations/tanh.ts';
import { abs } from './abs.ts';
import { exp } from './exp.ts';
import { log } from './log.ts';
import { multiply } from './multiply.ts';
import { negate } from './negate.ts';
import { sqrt } from './sqrt.ts';
import { square } from './square.ts';
import { unary } from './unary.ts';

const cubes = (x: FloatArray, y: FloatArray, length: number): void => {
  for (let i = 0; i < length; i++) y[i] = x[i] ** 3;
};
const cube = (x: Tensor): Tensor => unary('cube', x, cubes, (x) => multiply(3, multiply(x, x)), { power: 3 });

describe('an op of one input', () => {
  it('is its value and its slope', () => {
    expect(gradientsOf(cube, [[2, -1]], [1, 10])).toEqual([[12, 30]]);
    checkDerivatives(cube, [uniform([2, 3])]);
  });

  it('stands on the tape with its options', () => {
    using tape = new Tape();
    cube(tape.watch([1, 2]));
    expect(`${tape}`).toMatchInlineSnapshot(`
      "%0 [2] watched
      %1 [2] cube(x: %0) power=3"
    `);
  });
});

describe.each([abs, exp, log, negate, relu, sigmoid, sqrt, square, tanh])('%o in float32', (op) => {
  it('agrees with float64, and so does its gradient', () => {
    const x = double([0.25, 0.5, 1, 2, 3.75]);
    const narrow = tensor(x.toList());
    const [value, gradient] = [op(narrow), gradientTensors(op, [narrow])[0]];
    expect([value.dtype, gradient.dtype]).toEqual(['float32', 'float32']);
    expectClose(value, op(x), 1e-7);
    expectClose(gradient, gradientTensors(op, [x])[0], 2e-7);
  });
});
