import * as kernels from '../../engine/kernels.ts';
import { type FormulaTable, formula, reduced, type StepFacts, type StepFormulas } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { equal } from '../elementwise/compare.ts';
import { divide } from '../elementwise/divide.ts';
import { multiply } from '../elementwise/multiply.ts';
import { type ReductionOptions, reduction } from './reduction.ts';
import { sum } from './sum.ts';

/**
 * y = the largest x over `axes` (all by default): -Infinity of nothing, NaN where there is one. Ties share the gradient equally.
 *
 * @example max([[1, 5], [3, 2]], { axes: 1 }) // [5, 3]
 */
export function max(x: TensorLike, options: ReductionOptions = {}, ...surplus: []): Tensor {
  checkSurplus('max', surplus);
  return reduction('max', x, options, kernels.max, shareAmongTies);
}

/**
 * y = the smallest x over `axes` (all by default): Infinity of nothing, NaN where there is one. Ties share the gradient equally.
 *
 * @example min([[1, 5], [3, 2]], { axes: 1 }) // [1, 2]
 */
export function min(x: TensorLike, options: ReductionOptions = {}, ...surplus: []): Tensor {
  checkSurplus('min', surplus);
  return reduction('min', x, options, kernels.min, shareAmongTies);
}

function shareAmongTies(g: Tensor, x: Tensor, y: Tensor, axes: readonly number[]): Tensor {
  const isChosen = equal(x, y);
  return multiply(isChosen, divide(g, sum(isChosen, { axes, keepDims: true })));
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  max: (facts) => extreme('max', facts),
  min: (facts) => extreme('min', facts),
};

function extreme(word: 'max' | 'min', facts: StepFacts): StepFormulas {
  return reduced(facts, {
    value: (x) => formula(`${word} ${x.text}`, `\\${word}\\, ${x.latex}`),
    slope: (x) =>
      formula(
        `1/n where ${x.text}[i] = y, of which there are n, else 0`,
        `\\begin{cases} \\tfrac1n & ${x.latex}_i = y \\text{, of which there are } n \\\\ 0 & \\text{else} \\end{cases}`,
      ),
    product: (g, x) => formula(`${g}·[${x.text} = y]/n`, `\\frac{${g}}{n} \\cdot [${x.latex} = y]`),
    inWords: 'The cotangent goes to the number that was chosen; equals share it.',
  });
}
