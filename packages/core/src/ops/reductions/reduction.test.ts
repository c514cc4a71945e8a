import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moderate, shapesWithAxes, tensorsOf } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { ended } from '../../../test/gradients.ts';
import { positions, scattered, uniform } from '../../../test/numbers.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { reducedShape, sizeOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { logSumExp } from '../softmax/logSumExp.ts';
import { max, min } from './extremes.ts';
import { mean } from './mean.ts';
import { sum } from './sum.ts';

const total = (numbers: number[]): number => numbers.reduce((total, x) => total + x, 0);
const reductions: [op: typeof sum, formula: (numbers: number[]) => number][] = [
  [sum, total],
  [mean, (numbers) => total(numbers) / numbers.length],
  [max, (numbers) => Math.max(...numbers)],
  [min, (numbers) => Math.min(...numbers)],
  [logSumExp, (numbers) => Math.log(total(numbers.map(Math.exp)))],
];

/** Gathers the numbers that go into each place of the result, and applies the formula. */
function reduceNaively(x: Tensor, axes: readonly number[], formula: (numbers: number[]) => number): Tensor {
  const shape = reducedShape(x.shape, axes, true);
  const groups = new Map(Array.from(positions(shape), (place) => [place.join(), [] as number[]]));
  for (const place of positions(x.shape)) {
    const own = place.map((index, axis) => (axes.includes(axis) ? 0 : index));
    groups.get(own.join())?.push(x.view.get(...place));
  }
  return tensor(Float64Array.from(groups.values(), formula), { shape });
}

describe.each(reductions.map(([op, formula]) => ({ name: op.name, op, formula })))('$name', ({ op, formula }) => {
  it('reduces any axes like a loop over all places', () => {
    const tensorsWithAxes = shapesWithAxes().chain(({ shape, axes }) =>
      fc.tuple(tensorsOf(shape, moderate), fc.constant(axes)),
    );
    fc.assert(
      fc.property(tensorsWithAxes, ([x, axes]) => {
        const wanted = reduceNaively(x, axes, formula);
        expectClose(op(x, { axes, keepDims: true }), wanted, 1e-11);
        const dropped = tensor(wanted.toFlatArray(), { shape: reducedShape(x.shape, axes, false) });
        expectClose(op(x, { axes: axes.map((axis) => axis - x.rank) }), dropped, 1e-11);
      }),
    );
  });

  it('reduces all axes unless told otherwise', () => {
    const x = tensor(uniform([2, 3]));
    expectSame(op(x), op(x, { axes: [0, 1] }));
    expect(op(x, { keepDims: true }).shape).toEqual([1, 1]);
    expect(op(2).toList()).toBe(2);
  });

  it('leaves everything as it is over no axis at all', () => {
    const x = tensor(uniform([2, 3]));
    expectClose(op(x, { axes: [] }), x, 1e-15);
  });

  it('gives NaN where a NaN goes in', () => {
    expect(
      op(
        [
          [1, Number.NaN],
          [2, 2],
        ],
        { axes: 1 },
      ).toList(),
    ).toEqual([Number.NaN, op([2, 2]).item()]);
    expect(op([Number.NaN, 1]).item()).toBe(Number.NaN);
  });

  it('gives as many numbers as there are places, even of nothing', () => {
    const x = zeros([2, 0, 3]);
    expect(op(x, { axes: 0 }).shape).toEqual([0, 3]);
    expect(op(x, { axes: 1 }).toFlatArray()).toEqual(new Float32Array(6).fill(formula([])));
    expect(sizeOf(op(x).shape)).toBe(1);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(op(scattered(x), { axes: [0, 2] }), op(x, { axes: [0, 2] }));
  });

  it('says what does not fit', () => {
    const axis = (axes: number | number[]) => () => op([1, 2], { axes });
    expect(axis(1)).toThrow(`${op.name}: axis 1 of a tensor with 1 axis; wanted a whole number from -1 to 0.`);
    expect(axis(0.5)).toThrow(`${op.name}: axis 0.5 of a tensor with 1 axis; wanted a whole number from -1 to 0.`);
    expect(axis([0, -1])).toThrow(`${op.name}: axes [0, -1], which name axis 0 twice; wanted each axis at most once.`);
    expect(() => op(1, { axes: 0 })).toThrow(`${op.name}: axis 0 of a tensor with 0 axes; wanted no axis at all`);
    expect(() => op(ended())).toThrow(`${op.name}: a tensor of shape [2] whose tape has ended`);
  });
});
