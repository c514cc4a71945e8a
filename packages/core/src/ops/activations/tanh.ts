import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { square } from '../elementwise/square.ts';
import { subtract } from '../elementwise/subtract.ts';
import { unary } from '../elementwise/unary.ts';

/**
 * y = (e^x - e^-x) / (e^x + e^-x), element by element. Slope 1 - y².
 *
 * @example tanh([-1, 0, 1]) // [-0.7616, 0, 0.7616]
 */
export function tanh(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('tanh', surplus);
  return unary('tanh', x, kernels.tanh, (_x, y) => subtract(1, square(y)));
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  tanh: () =>
    elementwise({
      value: formula('tanh x', '\\tanh x'),
      slopes: { x: formula('1 - y²', '1 - y^2') },
      inWords: 'Slope 1 in the middle, almost flat where it saturates.',
    }),
};
