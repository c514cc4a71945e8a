import * as kernels from '../../engine/kernels.ts';
import { ValueError } from '../../errors.ts';
import { constant, elementwise, type FormulaTable, formula, numberOf, scaled } from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { greater } from '../elementwise/compare.ts';
import { multiply } from '../elementwise/multiply.ts';
import { subtract } from '../elementwise/subtract.ts';
import { unary } from '../elementwise/unary.ts';

export interface SoftplusOptions {
  /** How sharply it bends: the larger, the more it is a relu. Default: 1. */
  readonly beta?: number;
  /** Where beta·x is larger than this, y is x itself. Default: 20. */
  readonly threshold?: number;
}

export const softplusOptions: OptionNames<SoftplusOptions> = { beta: 'optional', threshold: 'optional' };

/**
 * y = ln(1 + e^(beta·x)) / beta, element by element: a smooth relu. Slope 1 / (1 + e^(-beta·x)). Where beta·x > threshold,
 * y = x and the slope is 1, as in PyTorch; without overflow also for a threshold of Infinity.
 *
 * @example softplus([-1, 0, 800]) // [0.3133, 0.6931, 800]
 * @throws ValueError when beta is 0 or not finite, or the threshold is NaN
 */
export function softplus(x: TensorLike, options: SoftplusOptions = {}, ...surplus: []): Tensor {
  checkSurplus('softplus', surplus);
  const { beta = 1, threshold = 20 } = checkOptions('softplus', options, softplusOptions);
  if (!Number.isFinite(beta) || beta === 0 || Number.isNaN(threshold)) {
    throw new ValueError({
      operation: 'softplus',
      got: `beta is ${beta}, threshold is ${threshold}`,
      wanted: 'a finite beta other than 0, and a number for the threshold',
      remedy: 'Leave them out for 1 and 20',
    });
  }
  const slope = (x: Tensor): Tensor =>
    unary(
      'softplusSlope',
      x,
      (x, y, length) => kernels.softplusSlope(x, y, length, beta, threshold),
      // At the threshold itself the line counts, as in PyTorch.
      (x, s) => multiply(multiply(beta, multiply(s, subtract(1, s))), greater(threshold, multiply(beta, x))),
      { beta, threshold },
    );
  return unary('softplus', x, (x, y, length) => kernels.softplus(x, y, length, beta, threshold), slope, {
    beta,
    threshold,
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  softplus: ({ attributes }) => {
    const beta = numberOf(attributes.beta, 1);
    const [scaledX, over] = [scaled(beta, formula('x')), constant(beta)];
    const threshold = constant(numberOf(attributes.threshold, 20));
    const rise = formula(`ln(1 + e^(${scaledX.text}))`, `\\ln(1 + e^{${scaledX.latex}})`);
    return elementwise({
      value: beta === 1 ? rise : formula(`${rise.text}/${over.text}`, `\\frac{${rise.latex}}{${over.latex}}`),
      slopes: { x: formula(`σ(${scaledX.text})`, `\\sigma(${scaledX.latex})`) },
      inWords: `Close to 1 on the far right, close to 0 on the far left, and smooth in between. Beyond a threshold of ${threshold.text} it is a straight line of slope 1.`,
    });
  },
  softplusSlope: ({ attributes }) => {
    const beta = numberOf(attributes.beta, 1);
    const scaledX = scaled(beta, formula('x'));
    return elementwise({
      value: formula(`σ(${scaledX.text})`, `\\sigma(${scaledX.latex})`),
      slopes: { x: scaled(beta, formula('y·(1 - y)', 'y\\,(1 - y)')) },
      inWords: 'The slope of softplus is a sigmoid.',
    });
  },
};
