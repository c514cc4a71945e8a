import { countOf, type FormulaTable, formula, reduced } from '../../notation/index.ts';
import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { resolveAxes, sizeOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { divide } from '../elementwise/divide.ts';
import { type ReductionOptions, reductionOptions } from './reduction.ts';
import { sum } from './sum.ts';

/**
 * y = Σ x / n over `axes` (all by default), where n numbers go into each mean; NaN for n = 0.
 *
 * @example mean([[1, 2], [3, 4]], { axes: 0 }) // [2, 3]
 */
export function mean(x: TensorLike, options: ReductionOptions = {}, ...surplus: []): Tensor {
  checkSurplus('mean', surplus);
  checkOptions('mean', options, reductionOptions);
  const inputs = operands('mean', { x });
  const axes = resolveAxes('mean', options.axes, inputs.x.rank);
  return divide(sum(inputs.x, options), sizeOf(axes.map((axis) => inputs.x.shape[axis])));
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  mean: (facts) =>
    reduced(facts, {
      value: (x) =>
        formula(`Σ ${x.text}/n with n = ${countOf(facts)}`, `\\frac1n \\sum ${x.latex}, \\quad n = ${countOf(facts)}`),
      slope: () => formula('1/n', '\\frac1n'),
      product: (g) =>
        formula(`${g}/n, repeated for each of them`, `\\frac{${g}}{n} \\text{, repeated for each of them}`),
      inWords: 'Every number receives an equal share of the cotangent.',
    }),
};
