import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { abs } from './abs.ts';
import { binary } from './binary.ts';
import { timesSlope } from './chainRule.ts';
import { equal, greater, greaterOrEqual } from './compare.ts';
import { log } from './log.ts';
import { multiply } from './multiply.ts';
import { subtract } from './subtract.ts';
import { where } from './where.ts';

/**
 * z = x^y, element by element, with broadcasting; NaN for a negative x and a fractional y. ∂z/∂x = y·x^(y-1), which is 0 for
 * y = 0 whatever x is; ∂z/∂y = z·ln x, which is 0 where x = 0 and y ≥ 0. Both as in PyTorch.
 *
 * @example pow([1, 2, 3], 2) // [1, 4, 9]
 */
export function pow(x: TensorLike, y: TensorLike, ...surplus: []): Tensor {
  checkSurplus('pow', surplus);
  return binary('pow', x, y, kernels.pow, {
    x: (g, x, y) => {
      // At y = 0 the formula says 0·x^-1, which is NaN where x^-1 is not finite; there 1 stands in for x.
      const isSteep = multiply(equal(y, 0), subtract(1, greater(abs(x), 1e-38)));
      return timesSlope(g, multiply(y, pow(where(isSteep, 1, x), subtract(y, 1))));
    },
    y: (g, x, y, z) => {
      const isFlat = multiply(equal(x, 0), greaterOrEqual(y, 0));
      return timesSlope(g, multiply(z, log(where(isFlat, 1, x))));
    },
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  pow: () =>
    elementwise({
      output: 'z',
      value: formula('x^y', 'x^{y}'),
      slopes: { x: formula('y·x^(y-1)', 'y\\,x^{y-1}'), y: formula('z·ln x', 'z \\ln x') },
      inWords:
        'By the base the power rule, which is 0 for an exponent of 0; by the exponent the logarithm of the base, 0 for a base of 0.',
    }),
};
