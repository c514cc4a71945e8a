import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { multiply } from '../elementwise/multiply.ts';
import { subtract } from '../elementwise/subtract.ts';
import { unary } from '../elementwise/unary.ts';

/**
 * y = 1 / (1 + e^-x), element by element, without overflow on either side. Slope y·(1 - y).
 *
 * @example sigmoid([-2, 0, 2]) // [0.1192, 0.5, 0.8808]
 */
export function sigmoid(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('sigmoid', surplus);
  return unary('sigmoid', x, kernels.sigmoid, (_x, y) => multiply(y, subtract(1, y)));
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  sigmoid: () =>
    elementwise({
      value: formula('σ(x) = 1/(1 + e^(-x))', '\\sigma(x) = \\frac{1}{1 + e^{-x}}'),
      slopes: { x: formula('y·(1 - y)', 'y\\,(1 - y)') },
      inWords: 'Steepest, at 1/4, where the sigmoid is 1/2; almost flat where it is sure.',
    }),
};
