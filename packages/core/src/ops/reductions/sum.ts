import * as kernels from '../../engine/kernels.ts';
import { type FormulaTable, formula, one, reduced } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import { broadcastTo } from '../../tape/chain.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { type ReductionOptions, reduction } from './reduction.ts';

/**
 * y = Σ x over `axes` (all by default); 0 where there is nothing to add. Every summand receives the cotangent as it is.
 *
 * @example sum([[1, 2], [3, 4]], { axes: 1, keepDims: true }) // [[3], [7]]
 */
export function sum(x: TensorLike, options: ReductionOptions = {}, ...surplus: []): Tensor {
  checkSurplus('sum', surplus);
  return reduction('sum', x, options, kernels.sum, (g, x) => broadcastTo(g, x.shape));
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  sum: (facts) =>
    reduced(facts, {
      value: (x) => formula(`Σ ${x.text}`, `\\sum ${x.latex}`),
      slope: () => one,
      product: (g) => formula(`${g}, repeated for each summand`, `${g} \\text{, repeated for each summand}`),
      inWords: 'Every summand receives the cotangent of the sum as it is.',
    }),
};
