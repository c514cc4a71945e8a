import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { binary } from './binary.ts';
import { overSlope, timesSlope } from './chainRule.ts';
import { negate } from './negate.ts';

/**
 * z = x / y, element by element, with broadcasting. ∂z/∂x = 1/y, ∂z/∂y = -z/y. Division by 0 follows IEEE 754.
 *
 * @example divide([1, 2], [2, 4]) // [0.5, 0.5]
 */
export function divide(x: TensorLike, y: TensorLike, ...surplus: []): Tensor {
  checkSurplus('divide', surplus);
  return binary('divide', x, y, kernels.divide, {
    x: (g, _x, y) => overSlope(g, y),
    y: (g, _x, y, z) => negate(overSlope(timesSlope(g, z), y)),
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  divide: () =>
    elementwise({
      output: 'z',
      value: formula('x/y', '\\frac{x}{y}'),
      slopes: { x: formula('1/y', '\\frac{1}{y}'), y: formula('-z/y', '-\\frac{z}{y}') },
      inWords: 'A larger numerator raises the quotient, a larger denominator lowers it.',
    }),
};
