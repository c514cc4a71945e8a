import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moderate, tensors } from '../../../test/arbitrary.ts';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf, gradientTensors } from '../../../test/gradients.ts';
import { double, uniform } from '../../../test/numbers.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { exp } from '../elementwise/exp.ts';
import { log } from '../elementwise/log.ts';
import { multiply } from '../elementwise/multiply.ts';
import { sum } from '../reductions/sum.ts';
import { logSumExp } from './logSumExp.ts';

describe('logSumExp', () => {
  it('is the logarithm of the sum of powers of e', () => {
    const x = double([
      [0, Math.log(3)],
      [Math.log(5), Math.log(7)],
    ]);
    expectClose(logSumExp(x), double(Math.log(16)), 1e-15);
    expectClose(logSumExp(x, { axes: 0 }), double([Math.log(6), Math.log(10)]), 1e-15);
    expectClose(logSumExp(x, { axes: 1, keepDims: true }), double([[Math.log(4)], [Math.log(12)]]), 1e-15);
    expect(logSumExp([0, 0]).toList()).toBe(Math.fround(Math.LN2));
  });

  it('does not overflow', () => {
    expect(logSumExp(double([1e3, 1e3])).item()).toBe(1e3 + Math.LN2);
    expect(logSumExp(double([-1e3, -1e3])).item()).toBe(-1e3 + Math.LN2);
    expect(logSumExp([-800, 800]).item()).toBe(800);
    expect(logSumExp([1e38, 3e38]).item()).toBe(Math.fround(3e38));
  });

  it('knows infinities and nothing', () => {
    expect(logSumExp([]).item()).toBe(-Infinity);
    expect(logSumExp([-Infinity, -Infinity]).item()).toBe(-Infinity);
    expect(logSumExp([-Infinity, 2]).item()).toBe(2);
    expect(logSumExp([Infinity, 2]).item()).toBe(Infinity);
    expect(logSumExp([Infinity, -Infinity]).item()).toBe(Infinity);
  });

  it('moves with its input: f(x + c) = f(x) + c', () => {
    fc.assert(
      fc.property(tensors(moderate), fc.double({ min: -1e3, max: 1e3, noNaN: true }), (x, c) => {
        expectClose(logSumExp(add(x, c)), add(logSumExp(x), c), 1e-12);
      }),
    );
  });

  it('agrees with its long form, and so does its gradient', () => {
    const long = (x: Tensor): Tensor => log(sum(exp(x), { axes: -1 }));
    const short = (x: Tensor): Tensor => logSumExp(x, { axes: -1 });
    const x = double(uniform([3, 5], { low: -5, high: 5 }));
    expectClose(short(x), long(x), 1e-14);
    expectClose(gradientTensors(short, [x])[0], gradientTensors(long, [x])[0], 1e-14);
  });

  it('has the softmax as its gradient', () => {
    checkDerivatives((x) => logSumExp(x, { axes: [0, 2] }), [uniform([2, 3, 2])]);
    checkDerivatives((x) => multiply(x, logSumExp(x)), [uniform([2, 3])]);
    expectClose(gradientTensors((x) => logSumExp(x), [[1e3, 1e3, -1e3]])[0], [0.5, 0.5, 0], 1e-12);
  });

  it('has gradient 0 where all is -Infinity', () => {
    expect(
      gradientsOf(
        (x) => logSumExp(x, { axes: 1 }),
        [
          [
            [-Infinity, -Infinity],
            [-Infinity, 1],
          ],
        ],
      ),
    ).toEqual([
      [
        [0, 0],
        [0, 1],
      ],
    ]);
  });

  it('says what does not fit', () => {
    expect(() => logSumExp([1], { axes: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: logSumExp: axis 1 of a tensor with 1 axis; wanted a whole number from -1 to 0. Name an axis that the tensor has.]`,
    );
  });
});
