import { cast, type DataType, type Tensor, tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { expect } from 'vitest';
import { shapes, tensorsOf } from '../../core/test/arbitrary.ts';
import { expectClose } from '../../core/test/expect.ts';
import type { Reduction } from '../src/index.ts';
import { between } from './between.ts';

export const reductions = ['mean', 'sum', 'none'] as const;

/** Predictions and targets of one shape, empty ones among them. */
export const sides: fc.Arbitrary<[Tensor, Tensor]> = shapes(3).chain((shape) =>
  fc.tuple(tensorsOf(shape, between(-10, 10)), tensorsOf(shape, between(-10, 10))),
);

type RegressionLoss = (prediction: Tensor, target: Tensor, options: { reduction: Reduction }) => Tensor;

/** Expects that a loss is the given formula of the distance, element by element, then left, added up or averaged. */
export function expectFormula(loss: RegressionLoss, formula: (distance: number) => number, dtype: DataType): void {
  const tolerance = dtype === 'float64' ? 1e-13 : 1e-5;
  fc.assert(
    fc.property(sides, (both) => {
      const [prediction, target] = both.map((side) => cast(side, dtype));
      const [p, t] = [prediction.toFlatArray(), target.toFlatArray()];
      const losses = Array.from(p, (number, index) => formula(number - t[index]));
      const total = losses.reduce((sum, each) => sum + each, 0);
      const wanted = {
        none: tensor(Float64Array.from(losses), { shape: prediction.shape }),
        sum: total,
        mean: total / losses.length,
      };
      for (const reduction of reductions) {
        const got = loss(prediction, target, { reduction });
        expect(got.dtype).toBe(dtype);
        expectClose(got, wanted[reduction], tolerance);
      }
      expectClose(loss(prediction, target, {} as { reduction: Reduction }), wanted.mean, tolerance);
    }),
  );
}
