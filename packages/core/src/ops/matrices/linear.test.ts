import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf, gradientTensors } from '../../../test/gradients.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { multiply } from '../elementwise/multiply.ts';
import { transpose } from '../shape/transpose.ts';
import { linear } from './linear.ts';
import { matmul } from './matmul.ts';

const long = (x: Tensor, weight: Tensor, bias: Tensor): Tensor => add(matmul(x, transpose(weight)), bias);

const layer = (x: Tensor, weight: Tensor, bias: Tensor): Tensor => linear(x, weight, { bias });

describe('linear', () => {
  it('multiplies by the transposed weight, and adds the bias', () => {
    const weight = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    expect(linear([[1, 10]], weight).toList()).toEqual([[21, 43, 65]]);
    expect(linear([[1, 10]], weight, { bias: [100, 200, 300] }).toList()).toEqual([[121, 243, 365]]);
    expect(linear([1, 10], weight).toList()).toEqual([21, 43, 65]);
    expect(linear(double([0.1]), [[3]], { bias: [0.5] }).toList()).toEqual([0.1 * 3 + 0.5]);
  });

  it('takes any number of axes in front, and empty ones', () => {
    expect(linear(zeros([4, 5, 2]), zeros([3, 2])).shape).toEqual([4, 5, 3]);
    expect(linear(zeros([0, 2]), zeros([3, 2])).shape).toEqual([0, 3]);
    expect(linear(zeros([2, 2]), zeros([0, 2]), { bias: [] }).shape).toEqual([2, 0]);
    expect(linear(zeros([2, 0]), zeros([3, 0]), { bias: [1, 2, 3] }).toList()).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(linear([], zeros([2, 0])).toList()).toEqual([0, 0]);
  });

  it('agrees with its long form, and so do its gradients', () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 2 }), size, size, fc.nat(), (lead, into, out, seed) => {
        const inputs = [[...lead, into], [out, into], [out]].map((shape) => tensor(uniform(shape, { seed })));
        const [x, weight, bias] = inputs;
        expectClose(linear(x, weight, { bias }), long(x, weight, bias), 1e-14);
        const wanted = gradientTensors(long, inputs);
        gradientTensors(layer, inputs).forEach((gradient, index) => {
          expectClose(gradient, wanted[index], 1e-13);
        });
      }),
    );
  });

  it('reads views', () => {
    const [x, weight, bias] = [[4, 5], [3, 5], [3]].map((shape) => tensor(uniform(shape)));
    expectSame(linear(scattered(x), scattered(weight), { bias: scattered(bias) }), linear(x, weight, { bias }));
  });

  it('has the derivatives of its formula', () => {
    const [x, weight, bias] = [uniform([2, 2, 3]), uniform([4, 3], { seed: 2 }), uniform([4], { seed: 3 })];
    checkDerivatives(layer, [x, weight, bias]);
    checkDerivatives((x, weight) => linear(x, weight), [uniform([3]), weight]);
    checkDerivatives((x) => linear(x, multiply(x, x)), [uniform([2, 2])]);
    expect(gradientsOf(layer, [[[1, 2]], [[3, 4]], [0]], [10])).toEqual([[[30, 40]], [[10, 20]], [10]]);
  });

  it('gives gradients of 0 for an empty batch', () => {
    expect(gradientsOf(layer, [zeros([0, 2]), zeros([1, 2]), zeros([1])])).toEqual([[], [[0, 0]], [0]]);
  });

  it('says what does not fit', () => {
    expect(() => linear(zeros([2, 1, 28, 28]), zeros([10, 784]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: linear: x is [2, 1, 28, 28], weight is [10, 784]; wanted x […, in], weight [out, in], bias [out]. Flatten images to [batch, in] first, and check that the weight has one column for each input.]`,
    );
    expect(() => linear(zeros([2, 3]), zeros([4, 3]), { bias: zeros([3]) })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: linear: x is [2, 3], weight is [4, 3], bias is [3]; wanted x […, in], weight [out, in], bias [out]. Flatten images to [batch, in] first, and check that the weight has one column for each input.]`,
    );
    expect(() => linear(1, zeros([1, 1]))).toThrow('linear: x is [], weight is [1, 1]');
    expect(() => linear([1], [1])).toThrow('linear: x is [1], weight is [1]');
    expect(() => linear(zeros([1]), zeros([1, 1], { dtype: 'float64' }))).toThrowErrorMatchingInlineSnapshot(
      `[DataTypeError: linear: x is float32, weight is float64; wanted operands of one type. Convert one of them, for example \`cast(weight, 'float32')\`.]`,
    );
    expect(() => linear(ended(), zeros([1, 2]))).toThrow('linear: a tensor of shape [2] whose tape has ended');
  });
});
