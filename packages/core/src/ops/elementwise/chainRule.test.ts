import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { gradientTensors } from '../../../test/gradients.ts';
import { dataTypes } from '../../../test/numbers.ts';
import { Tape } from '../../fusion/tape.ts';
import { tensor } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { sum } from '../reductions/sum.ts';
import { equal, greater } from './compare.ts';
import { divide } from './divide.ts';
import { exp } from './exp.ts';
import { log } from './log.ts';
import { multiply } from './multiply.ts';
import { pow } from './pow.ts';
import { sqrt } from './sqrt.ts';
import { square } from './square.ts';
import { where } from './where.ts';

/** By name: a function whose other branch has an infinite slope, or is NaN, at the first number, where it is not taken. */
const branches: Readonly<Record<string, readonly [f: (x: Tensor) => Tensor, x: number[], slopes: number[]]>> = {
  'log at 0': [(x) => where(greater(x, 0), log(x), 0), [0, 2], [0, 0.5]],
  'log below 0': [(x) => where(greater(x, 0), log(x), 0), [-1, 2], [0, 0.5]],
  'sqrt at 0': [(x) => where(greater(1, x), x, sqrt(x)), [0, 4], [1, 0.25]],
  'a quotient by 0': [(x) => where(equal(x, 0), 0, divide(1, x)), [0, 2], [0, -0.25]],
  '0/0': [(x) => where(equal(x, 0), 1, divide(x, x)), [0, 2], [0, 0]],
  'a power at 0': [(x) => where(greater(x, 0), pow(x, -1.5), 0), [0, 1], [0, -1.5]],
  'a power below 0': [(x) => where(greater(x, 0), pow(x, 0.5), 0), [-1, 4], [0, 0.25]],
  'an exponent': [(y) => where(greater(y, 1), pow([0, 2], y), 0), [-1, 2], [0, 4 * Math.LN2]],
  'exp beyond the range': [(x) => where(greater(x, 800), 0, exp(x)), [1000, 0], [0, 1]],
  'x·ln x at 0': [(x) => where(greater(x, 0), multiply(x, log(x)), 0), [0, 1], [0, 1]],
  'a chain: (ln √x)² at 0': [(x) => where(greater(x, 0), square(log(sqrt(x))), 0), [0, 1], [0, 0]],
};

describe.each(dataTypes)('a branch that is not taken passes on 0, in %s', (dtype) => {
  test.each(Object.entries(branches))('%s', (_, [f, numbers, slopes]) => {
    const [gradient] = gradientTensors(f, [tensor(numbers, { dtype })]);
    expectClose(gradient, slopes, 1e-6);
  });
});

test('second derivatives are right where a cotangent is 0, and pass on 0 likewise', () => {
  using tape = new Tape();
  // L = Σ u·ln x at u = 0: ∂L/∂x = u/x is 0, and its derivative by u is 1/x all the same.
  const [x, u] = [tape.watch([4, 0], 'x'), tape.watch([0, 0], 'u')];
  const loss = sum(where([1, 0], multiply(u, log(x)), 0));
  const first = tape.gradients(loss, { withRespectTo: [x], differentiable: true }).get(x);
  expect(first.toList()).toEqual([0, 0]);
  const second = tape.gradients(sum(first), { withRespectTo: [x, u] });
  expect(second.get(u).toList()).toEqual([0.25, 0]);
  expectClose(second.get(x), [0, 0], 0);
});

test('a cotangent that is not 0 meets the slope as it is', () => {
  expect(gradientTensors(sqrt, [[0]])[0].toList()).toEqual([Infinity]);
  expect(gradientTensors(log, [[0]])[0].toList()).toEqual([Infinity]);
});
