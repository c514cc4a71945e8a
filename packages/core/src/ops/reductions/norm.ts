import { ValueError } from '../../errors.ts';
import { norms } from '../../kernels/norms.ts';
import { type FormulaTable, formula, reduced } from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { abs } from '../elementwise/abs.ts';
import { timesSlope } from '../elementwise/chainRule.ts';
import { equal } from '../elementwise/compare.ts';
import { divide } from '../elementwise/divide.ts';
import { multiply } from '../elementwise/multiply.ts';
import { pow } from '../elementwise/pow.ts';
import { where } from '../elementwise/where.ts';
import { max } from './extremes.ts';
import { type ReductionOptions, reduction } from './reduction.ts';
import { sum } from './sum.ts';

export interface NormOptions extends ReductionOptions {
  /** The p of the norm, at least 1: 2 (the default) for the length, 1 for the sum of sizes, Infinity for the largest size. */
  readonly ord?: number;
}

const normOptions: OptionNames<NormOptions> = { axes: 'optional', keepDims: 'optional flag', ord: 'optional' };

/**
 * y = (Σ |x|^p)^(1/p) over `axes` (all by default), with p = `ord`: the length of a vector for p = 2, Σ |x| for 1 and max |x|
 * for Infinity; 0 where there is nothing. Slope sign(x)·(|x|/y)^(p - 1), which is x/y for p = 2. At y = 0, where no
 * derivative exists, it is 0, a subgradient, and so is the second derivative: √(Σ x²) written in ops gives NaN there.
 *
 * Numbers are divided by the largest before they are raised, so that no square overflows or vanishes.
 *
 * @example norm([3, 4]) // 5
 * @throws ValueError when `ord` is not a number of at least 1
 */
export function norm(x: TensorLike, options: NormOptions = {}, ...surplus: []): Tensor {
  checkSurplus('norm', surplus);
  const { axes, keepDims, ord = 2 } = checkOptions('norm', options, normOptions);
  if (!(ord >= 1)) {
    throw new ValueError({
      operation: 'norm',
      got: `ord is ${ord}`,
      wanted: 'a number of at least 1, or Infinity',
      remedy: 'Leave it out for 2, the length of a vector',
    });
  }
  const along = { axes, keepDims };
  if (ord === 1) return sum(abs(x), along);
  if (ord === Infinity) return maximumOfSizes(x, along);
  return reduction(
    'norm',
    x,
    along,
    (x, y, outer, length, inner) => norms(x, y, outer, length, inner, ord),
    (g, x, y) => timesSlope(g, slope(x, y, ord)),
  );
}

/** Sizes are at least 0, so that a 0 beside them changes nothing but the norm of nothing, which is 0 and not -Infinity. */
function maximumOfSizes(x: TensorLike, options: ReductionOptions): Tensor {
  const y = max(abs(x), options);
  return where(equal(y, -Infinity), 0, y);
}

/** sign(x)·(|x|/y)^(p - 1), and 0 where y is 0. */
function slope(x: Tensor, y: Tensor, p: number): Tensor {
  const share = divide(x, y);
  const raised = p === 2 ? share : multiply(share, pow(abs(share), p - 2));
  return where(multiply(equal(y, 0), equal(x, x)), 0, raised);
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  norm: (facts) =>
    reduced(facts, {
      value: (x) => formula(`(Σ |${x.text}|^p)^(1/p)`, `\\left(\\sum |${x.latex}|^p\\right)^{1/p}`),
      slope: (x) =>
        formula(
          `sign(${x.text}[i])·(|${x.text}[i]|/y)^(p - 1)`,
          `\\operatorname{sign}(${x.latex}_i) (|${x.latex}_i| / y)^{p-1}`,
        ),
      product: (g, x) =>
        formula(
          `${g}·sign(${x.text})·(|${x.text}|/y)^(p - 1)`,
          `${g} \\cdot \\operatorname{sign}(${x.latex}) (|${x.latex}| / y)^{p-1}`,
        ),
      inWords: 'For p = 2 the gradient is the direction of the vector, of length 1; at the zero vector it is 0.',
    }),
};
