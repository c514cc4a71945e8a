import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { divide } from './divide.ts';
import { unary } from './unary.ts';

/**
 * y = ln x, the natural logarithm, element by element: -Infinity at 0, NaN below. Slope 1/x.
 *
 * @example log([1, Math.E]) // [0, 1]
 */
export function log(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('log', surplus);
  return unary('log', x, kernels.log, (x) => divide(1, x));
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  log: () =>
    elementwise({
      value: formula('ln x', '\\ln x'),
      slopes: { x: formula('1/x', '\\frac{1}{x}') },
      inWords: 'The smaller a number is, the more steeply its logarithm rises.',
    }),
};
