import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shapesWithAxes } from '../../../test/arbitrary.ts';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { naiveAffine, naiveNormalised } from '../../../test/normalised.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import { sizeOf } from '../../authors/index.ts';
import { layerNorm, tensor, zeros } from '../../index.ts';

describe('values', () => {
  test('by hand, over the last axis unless told otherwise', () => {
    const x = [
      [1, 3],
      [5, 5],
    ];
    const affine = { weight: [2, 3], bias: [10, 20] };
    expect(layerNorm(x, { epsilon: 0.75 * 4, ...affine }).toList()).toEqual([
      [9, 21.5],
      [10, 20],
    ]);
    const columns = layerNorm(
      [
        [1, 5],
        [3, 5],
      ],
      { axes: 0, epsilon: 3, ...affine },
    );
    expect(columns.toList()).toEqual([
      [9, 10],
      [21.5, 20],
    ]);
  });

  test.each(dataTypes)('agree with loops over any axes, in %s', (dtype) => {
    fc.assert(
      fc.property(shapesWithAxes(3), ({ shape, axes }) => {
        fc.pre(sizeOf(shape) > 0);
        const x = tensor(uniform(shape), { dtype });
        const own = axes.map((axis) => shape[axis]);
        const [weight, bias] = [2, 3].map((seed) => tensor(uniform(own, { seed }), { dtype }));
        const inner = (position: readonly number[]): number =>
          axes.reduce((flat, axis) => flat * shape[axis] + position[axis], 0);
        const outer = (position: readonly number[]): string =>
          position.filter((_, axis) => !axes.includes(axis)).join();
        const { output } = naiveNormalised(x, outer);
        const wanted = naiveAffine(output, weight.toFlatArray(), bias.toFlatArray(), inner);
        const y = layerNorm(x, { axes, weight, bias });
        expect(y.dtype).toBe(dtype);
        expectClose(y, wanted, dtype === 'float64' ? 1e-11 : 1e-4);
        expectClose(layerNorm(scattered(x), { axes, weight: scattered(weight), bias }), y, 0);
      }),
    );
  });

  test('of constant numbers and of one number are the bias; NaN stays in its row', () => {
    expect(layerNorm([[4, 4]], { weight: [5, 6], bias: [1, 2] }).toList()).toEqual([[1, 2]]);
    expect(layerNorm([[4]]).toList()).toEqual([[0]]);
    const rows = [
      [Number.NaN, 1],
      [1, 3],
    ];
    expect(layerNorm(rows, { epsilon: 0 }).toList()).toEqual([
      [Number.NaN, Number.NaN],
      [-1, 1],
    ]);
    expect(layerNorm(zeros([0, 3])).shape).toEqual([0, 3]);
  });

  test('no row sees another', () => {
    const x = double(uniform([3, 5]));
    const first = layerNorm(x).toList();
    const changed = x.toFlatArray();
    changed.fill(99, 5, 10);
    const second = layerNorm(tensor(changed, { shape: [3, 5] })).toList();
    expect(Array.isArray(first) && Array.isArray(second) && [first[0], first[2]]).toEqual(
      Array.isArray(second) && [second[0], second[2]],
    );
  });
});

test('gradient by every input agrees with differences, once and twice', () => {
  const affine = [uniform([3, 2], { seed: 2 }), uniform([3, 2], { seed: 3 })];
  checkDerivatives(
    (x, weight, bias) => layerNorm(x, { axes: [-2, -1], weight, bias }),
    [uniform([2, 3, 2]), ...affine],
  );
  checkDerivatives((x) => layerNorm(x), [uniform([2, 4])]);
});

test('every message', () => {
  const x = zeros([2, 3, 4]);
  expect(
    messagesOf({
      'no such axis': () => layerNorm(x, { axes: 3 }),
      'an axis twice': () => layerNorm(x, { axes: [1, -2] }),
      'weight of another shape': () => layerNorm(x, { weight: zeros([3]) }),
      'bias of one axis for two': () => layerNorm(x, { axes: [1, 2], bias: zeros([4]) }),
      'negative epsilon': () => layerNorm(x, { epsilon: -1 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "an axis twice": "ShapeError: layerNorm: axes [1, -2], which name axis 1 twice; wanted each axis at most once. Drop the second one.",
      "bias of one axis for two": "ShapeError: layerNorm: bias is [4], x is [2, 3, 4] normalised over axes [1, 2]; wanted bias of shape [3, 4], the lengths of these axes. Check the axes; negative ones count from the end.",
      "negative epsilon": "ValueError: layerNorm: epsilon is -1; wanted a number of at least 0. Leave it out for 1e-5.",
      "no such axis": "ShapeError: layerNorm: axis 3 of a tensor with 3 axes; wanted a whole number from -3 to 2. Name an axis that the tensor has.",
      "weight of another shape": "ShapeError: layerNorm: weight is [3], x is [2, 3, 4] normalised over axes [2]; wanted weight of shape [4], the lengths of these axes. Check the axes; negative ones count from the end.",
    }
  `);
});
