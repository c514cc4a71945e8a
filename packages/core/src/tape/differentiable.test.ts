import { describe, expect, test } from 'vitest';
import { expectClose } from '../../test/expect.ts';
import { SmallNet } from '../../test/net.ts';
import { double, uniform } from '../../test/numbers.ts';
import {
  add,
  detach,
  exp,
  matmul,
  multiply,
  Parameter,
  sqrt,
  square,
  subtract,
  sum,
  Tape,
  type Tensor,
} from '../index.ts';

describe('gradients that are written down can be differentiated again', () => {
  test('the derivatives of x³ are 3x², 6x, 6 and nothing', () => {
    using tape = new Tape();
    const x = tape.watch(double(2));
    const derivative = (y: Tensor): Tensor => tape.gradients(y, { withRespectTo: [x], differentiable: true }).get(x);
    const first = derivative(multiply(multiply(x, x), x));
    const second = derivative(first);
    const third = derivative(second);
    expect([first, second, third].map((y) => y.item())).toEqual([12, 12, 6]);
    expect(() => derivative(third)).toThrow('none of the tensors in withRespectTo leads');
  });

  test('a Hessian-vector product of xᵀAx/2 is ½(A + Aᵀ)v', () => {
    using tape = new Tape();
    const [a, v] = [double(uniform([4, 4])), double(uniform([4], { seed: 2 }))];
    const x = tape.watch(double(uniform([4], { seed: 3 })));
    const loss = multiply(matmul(x, matmul(a, x)), 0.5);
    const gradient = tape.gradients(loss, { differentiable: true }).get(x);
    const product = tape.gradients(sum(multiply(gradient, v))).get(x);
    expectClose(product, multiply(add(matmul(a, v), matmul(v, a)), 0.5), 1e-15);
  });

  test('a gradient penalty: (‖∂f/∂x‖ - 1)² by a parameter', () => {
    using tape = new Tape();
    const w = new Parameter('w', double([3, 4]));
    const x = tape.watch(double([1, 2]));
    const gradient = tape.gradients(sum(multiply(w, x)), { withRespectTo: [x], differentiable: true }).get(x);
    const penalty = square(subtract(sqrt(sum(square(gradient))), 1));
    // f = w·x has the gradient w, so that the penalty is (‖w‖ - 1)² with the gradient 2(‖w‖ - 1)·w/‖w‖.
    expect(penalty.item()).toBe(16);
    expectClose(tape.gradients(penalty).get(w), double([4.8, 6.4]), 1e-15);
  });

  test('of a whole net, along a direction, agree with differences of its gradients', () => {
    const net = new SmallNet();
    const direction = double(uniform(net.conv1.shape, { seed: 9 }));
    const step = 1e-5;
    const start = detach(net.conv1);
    const gradientAt = (distance: number): Tensor => {
      net.conv1.assign(add(start, multiply(direction, distance)));
      using tape = new Tape();
      return detach(tape.gradients(net.loss(tape)).get(net.conv2));
    };
    const difference = multiply(subtract(gradientAt(step), gradientAt(-step)), 1 / (2 * step));
    net.conv1.assign(start);
    using tape = new Tape();
    const gradient = tape.gradients(net.loss(tape), { differentiable: true }).get(net.conv1);
    const product = tape.gradients(sum(multiply(gradient, direction))).get(net.conv2);
    expectClose(product, difference, 1e-9);
  });
});

test('they are the same numbers as those that are not', () => {
  using tape = new Tape();
  const net = new SmallNet();
  const loss = net.loss(tape);
  const plain = tape.gradients(loss);
  const written = tape.gradients(loss, { differentiable: true });
  for (const parameter of net.parameters) expectClose(written.get(parameter), plain.get(parameter), 0);
});

test('the walk is on the tape, as steps that follow the loss', () => {
  using tape = new Tape();
  const x = tape.watch(double(1));
  const y = exp(x);
  const before = tape.steps.length;
  tape.gradients(y);
  expect(tape.steps).toHaveLength(before);
  tape.gradients(y, { differentiable: true });
  const { operation, inputs } = tape.steps[tape.steps.length - 1];
  expect({ operation, inputs }).toEqual({ operation: 'multiply', inputs: { x: before, y: 1 } });
});
