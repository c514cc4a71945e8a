import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { divide } from './divide.ts';
import { unary } from './unary.ts';

/**
 * y = √x, element by element: NaN below 0. Slope 1/(2y), which is infinite at 0.
 *
 * @example sqrt([4, 9]) // [2, 3]
 */
export function sqrt(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('sqrt', surplus);
  return unary('sqrt', x, kernels.sqrt, (_x, y) => divide(0.5, y));
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  sqrt: () =>
    elementwise({
      value: formula('√x', '\\sqrt{x}'),
      slopes: { x: formula('1/(2·y)', '\\frac{1}{2y}') },
      inWords: 'The slope is one over twice the root, and infinite at 0.',
    }),
};
