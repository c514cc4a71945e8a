import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shapesWithAxes } from '../../../test/arbitrary.ts';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { naiveNormalised } from '../../../test/normalised.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import { sizeOf } from '../../authors/index.ts';
import { add, mean, multiply, standardise, subtract, tensor, zeros } from '../../index.ts';

describe('values', () => {
  test('by hand', () => {
    const { output, mean, variance } = standardise([1, 3], { epsilon: 0 });
    expect([output.toList(), mean.toList(), variance.toList()]).toEqual([[-1, 1], [2], [1]]);
    expect(standardise([1, 3], { epsilon: 3 }).output.toList()).toEqual([-0.5, 0.5]);
  });

  test.each(dataTypes)('agree with loops over any axes, in %s', (dtype) => {
    const tolerance = dtype === 'float64' ? 1e-11 : 1e-4;
    fc.assert(
      fc.property(shapesWithAxes(3), ({ shape, axes }) => {
        fc.pre(sizeOf(shape) > 0);
        const x = tensor(uniform(shape), { dtype });
        const got = standardise(x, { axes });
        const others = (position: readonly number[]): string =>
          position.filter((_, axis) => !axes.includes(axis)).join();
        const wanted = naiveNormalised(x, others);
        expect(got.output.dtype).toBe(dtype);
        expectClose(got.output, wanted.output, tolerance);
        expect(got.mean.shape).toEqual(shape.map((length, axis) => (axes.includes(axis) ? 1 : length)));
        expectClose(double(got.mean.toFlatArray()), Float64Array.from(wanted.mean.values()), 1e-6);
        expectClose(double(got.variance.toFlatArray()), Float64Array.from(wanted.variance.values()), 1e-6);
        expectClose(standardise(scattered(x), { axes }).output, got.output, 0);
      }),
    );
  });

  test('of constant numbers and of one number are 0, without epsilon 0 / 0', () => {
    for (const dtype of dataTypes) {
      expectClose(standardise(tensor([0.1, 0.1, 0.1], { dtype })).output, [0, 0, 0], 0);
    }
    expect(standardise([7]).output.toList()).toEqual([0]);
    expect(standardise([7], { epsilon: 0 }).output.toList()).toEqual([Number.NaN]);
    expect(standardise(zeros([0, 2]), { axes: 1 }).output.shape).toEqual([0, 2]);
  });

  test('keep their digits beside a large mean, in both types', () => {
    const x = uniform([50]);
    const shifted = (by: number, dtype: 'float32' | 'float64') =>
      standardise(
        tensor(
          Float64Array.from(x.data, (number) => Math.fround(by + number)),
          { dtype },
        ),
        { epsilon: 0 },
      );
    const wanted = shifted(4096, 'float64').output;
    expectClose(shifted(4096, 'float32').output, wanted, 2e-6);
    const far = Float64Array.from(x.data, (number) => 2 ** 30 + Math.fround(number));
    expectClose(standardise(far, { epsilon: 0 }).output, standardise(x, { epsilon: 0 }).output, 1e-6);
  });

  test('of numbers whose squares overflow are 0; NaN and infinity make NaN, of their own group only', () => {
    expect(standardise([1e30, -1e30]).output.toList()).toEqual([1, -1]);
    expect(standardise(Float64Array.of(1e200, -1e200)).output.toList()).toEqual([0, -0]);
    const rows = [
      [1, 3],
      [Number.NaN, 3],
      [Infinity, 3],
    ];
    const { NaN: none } = Number;
    expect(standardise(rows, { axes: 1, epsilon: 0 }).output.toList()).toEqual([
      [-1, 1],
      [none, none],
      [none, none],
    ]);
  });
});

describe('gradient', () => {
  test('of all that comes out agrees with differences, once and twice', () => {
    const x = uniform([3, 4, 2]);
    checkDerivatives((x) => standardise(x, { axes: [0, 2] }).output, [x]);
    checkDerivatives((x) => standardise(x, { axes: -1, epsilon: 0.5 }).output, [x]);
    checkDerivatives((x) => standardise(x, { axes: 1 }).mean, [x]);
    checkDerivatives((x) => standardise(x, { axes: 1 }).variance, [x]);
    checkDerivatives(
      (x) => {
        const { output, mean, variance } = standardise(x, { axes: 1 });
        return multiply(add(output, mean), variance);
      },
      [x],
    );
  });

  test('is (g - mean(g) - y·mean(g·y)) / √(variance + epsilon)', () => {
    const [x, g] = [double(uniform([4, 6])), double(uniform([4, 6], { seed: 2 }))];
    const over = { axes: 1, keepDims: true };
    const { output: y, variance } = standardise(x, { axes: 1 });
    const blind = subtract(subtract(g, mean(g, over)), multiply(y, mean(multiply(g, y), over)));
    const scale = tensor(
      variance.toFlatArray().map((number) => 1 / Math.sqrt(number + 1e-5)),
      { shape: [4, 1] },
    );
    const [gradient] = gradientTensors((x) => standardise(x, { axes: 1 }).output, [x], [...g.toFlatArray()]);
    expectClose(gradient, multiply(blind, scale), 1e-12);
  });

  test('is finite for constant numbers', () => {
    const [gradient] = gradientTensors((x) => standardise(x).output, [[2, 2, 2, 2]], [1, 0, 0, 0]);
    const unit = 1 / Math.sqrt(1e-5);
    expectClose(gradient, Float64Array.of(0.75 * unit, -0.25 * unit, -0.25 * unit, -0.25 * unit), 1e-12);
  });
});

test('every message', () => {
  const x = zeros([2, 3]);
  expect(
    messagesOf({
      'no such axis': () => standardise(x, { axes: 2 }),
      'an axis twice': () => standardise(x, { axes: [0, -2] }),
      'negative epsilon': () => standardise(x, { epsilon: -1 }),
      'epsilon that is none': () => standardise(x, { epsilon: Number.NaN }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "an axis twice": "ShapeError: standardise: axes [0, -2], which name axis 0 twice; wanted each axis at most once. Drop the second one.",
      "epsilon that is none": "ValueError: standardise: epsilon is NaN; wanted a number of at least 0. Leave it out for 1e-5.",
      "negative epsilon": "ValueError: standardise: epsilon is -1; wanted a number of at least 0. Leave it out for 1e-5.",
      "no such axis": "ShapeError: standardise: axis 2 of a tensor with 2 axes; wanted a whole number from -2 to 1. Name an axis that the tensor has.",
    }
  `);
});
