import { describe, expect, test } from 'vitest';
import { Tape } from '../fusion/tape.ts';
import { log, multiply, sqrt, square, subtract, sum } from '../ops/index.ts';
import { tensor } from '../tensor/create.ts';
import type { Tensor } from '../tensor/tensor.ts';

function gradientOf(f: (x: Tensor) => Tensor, numbers: number[], dtype: 'float32' | 'float64' = 'float32'): number[] {
  using tape = new Tape();
  const x = tape.watch(tensor(numbers, { dtype }), 'x');
  return Array.from(tape.gradients(f(x)).get(x).toFlatArray());
}

describe('a finite loss with a gradient of NaN', () => {
  const length = (x: Tensor) => sqrt(sum(square(x)));

  test.each(['float32', 'float64'] as const)('is an error that names the step, in %s', (dtype) => {
    expect(() => gradientOf(length, [0, 0], dtype)).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteError: gradients: the gradient of x holds NaN, though the loss is finite; the first step back with NaN or infinity is %3 [] sqrt(x: %2), to its input x, %2; wanted gradients that are numbers. Where a slope is infinite, keep the input away from there, \`sqrt(add(x, 1e-12))\`, or choose before the op and not after it, \`log(where(isPositive, x, 1))\`; \`nonFinite: "allow"\` shows where it flows.]`,
    );
  });

  test('is let pass when asked for', () => {
    using tape = new Tape();
    const x = tape.watch([0, 0]);
    expect(tape.gradients(length(x), { nonFinite: 'allow' }).get(x).toList()).toEqual([Number.NaN, Number.NaN]);
  });

  test('is noticed too when the gradients are differentiable, and among finite ones', () => {
    using tape = new Tape();
    const [x, y] = [tape.watch([3, 4], 'x'), tape.watch([0, 0], 'y')];
    const loss = multiply(length(x), length(y));
    expect(() => tape.gradients(loss, { differentiable: true })).toThrow(/the gradient of y holds NaN/);
    expect(
      tape
        .gradients(loss, { withRespectTo: [x] })
        .get(x)
        .toList(),
    ).toEqual([0, 0]);
  });
});

test('infinite gradients are no error, also where their sum is NaN', () => {
  expect(gradientOf((x) => sum(multiply([1, -1], sqrt(x))), [0, 0])).toEqual([Infinity, -Infinity]);
  expect(gradientOf((x) => subtract(sum(sqrt(x)), 1), [0])).toEqual([Infinity]);
  expect(() => gradientOf((x) => sum(log(x)), [0])).toThrow(/the loss is -Infinity/);
});
