import * as kernels from '../../engine/kernels.ts';
import { type FormulaTable, formula, reduced } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { timesSlope } from '../elementwise/chainRule.ts';
import { equal } from '../elementwise/compare.ts';
import { divide } from '../elementwise/divide.ts';
import { exp } from '../elementwise/exp.ts';
import { subtract } from '../elementwise/subtract.ts';
import { where } from '../elementwise/where.ts';
import { type ReductionOptions, reduction } from '../reductions/reduction.ts';
import { sum } from '../reductions/sum.ts';

/**
 * y = ln Σ e^x over `axes` (all by default), without overflow: a smooth maximum. -Infinity of nothing. Its gradient is
 * the softmax of x over those axes, and 0 where all of x is -Infinity.
 *
 * @example logSumExp([1000, 1000]) // 1000.6932
 */
export function logSumExp(x: TensorLike, options: ReductionOptions = {}, ...surplus: []): Tensor {
  checkSurplus('logSumExp', surplus);
  return reduction('logSumExp', x, options, kernels.logSumExp, (g, x, y, axes) => {
    // e^(x - y) is the softmax already, but for the rounding error of y, which is large where x is; dividing removes it.
    const shares = exp(subtract(x, where(equal(y, -Infinity), 0, y)));
    const total = sum(shares, { axes, keepDims: true });
    return timesSlope(g, divide(shares, where(equal(total, 0), 1, total)));
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  logSumExp: (facts) =>
    reduced(facts, {
      value: (x) => formula(`ln Σ e^${x.text}`, `\\ln \\sum e^{${x.latex}}`),
      slope: (x) => formula(`softmax(${x.text})[i]`, `\\operatorname{softmax}(${x.latex})_i`),
      product: (g, x) => formula(`${g}·softmax(${x.text})`, `${g} \\cdot \\operatorname{softmax}(${x.latex})`),
      inWords: 'A smooth maximum: the cotangent is shared out by the softmax.',
    }),
};
