import { ValueError } from '../../errors.ts';
import { countOf, type FormulaTable, formula, reduced } from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { resolveAxes, sizeOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { divide } from '../elementwise/divide.ts';
import { square } from '../elementwise/square.ts';
import { subtract } from '../elementwise/subtract.ts';
import { mean } from './mean.ts';
import type { ReductionOptions } from './reduction.ts';
import { sum } from './sum.ts';

export interface VarianceOptions extends ReductionOptions {
  /** What is taken off the count of numbers that the sum of squares is divided by: 1 (the default) for a sample, 0 for all there is. */
  readonly correction?: number;
}

export const varianceOptions: OptionNames<VarianceOptions> = {
  axes: 'optional',
  keepDims: 'optional flag',
  correction: 'optional',
};

/**
 * y = Σ (x - mean)² / (n - correction) over `axes` (all by default), where n numbers go into each mean. NaN where
 * nothing is left to divide by and nothing to divide, as for a single number.
 *
 * @example variance([1, 3, 5], { correction: 0 }) // 2.6667
 * @throws ValueError when the correction is not a finite number
 */
export function variance(x: TensorLike, options: VarianceOptions = {}, ...surplus: []): Tensor {
  checkSurplus('variance', surplus);
  const { axes, keepDims = false, correction = 1 } = checkOptions('variance', options, varianceOptions);
  if (!Number.isFinite(correction)) {
    throw new ValueError({
      operation: 'variance',
      got: `correction is ${correction}`,
      wanted: 'a finite number',
      remedy: 'Leave it out for 1, or give 0 to divide by the count itself',
    });
  }
  const inputs = operands('variance', { x });
  const reduced = resolveAxes('variance', axes, inputs.x.rank);
  const count = sizeOf(reduced.map((axis) => inputs.x.shape[axis]));
  const centred = (x: Tensor): Tensor => subtract(x, mean(x, { axes: reduced, keepDims: true }));
  // Twice, for the mean is rounded: where it is large beside the deviations, its rounding error enters all of them.
  const deviations = centred(centred(inputs.x));
  return divide(sum(square(deviations), { axes: reduced, keepDims }), Math.max(0, count - correction));
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  variance: (facts) =>
    reduced(facts, {
      value: (x) =>
        formula(
          `Σ (${x.text} - mean(${x.text}))²/n with n = ${countOf(facts)}`,
          `\\frac1n \\sum (${x.latex} - \\bar{${x.latex}})^2, \\quad n = ${countOf(facts)}`,
        ),
      slope: (x) => formula(`2·(${x.text}[i] - mean(${x.text}))/n`, `\\frac2n (${x.latex}_i - \\bar{${x.latex}})`),
      product: (g, x) =>
        formula(`${g}·2·(${x.text} - mean(${x.text}))/n`, `${g} \\cdot \\frac2n (${x.latex} - \\bar{${x.latex}})`),
      inWords:
        'The further a number lies from the mean, the faster it changes the variance; its effect on the mean cancels.',
    }),
};
