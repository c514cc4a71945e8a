import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { unary } from './unary.ts';

/**
 * y = e^x, element by element. Its slope is itself.
 *
 * @example exp([0, 1]) // [1, 2.7183]
 */
export function exp(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('exp', surplus);
  return unary('exp', x, kernels.exp, (_x, y) => y);
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  exp: () =>
    elementwise({
      value: formula('e^x', 'e^{x}'),
      slopes: { x: formula('y') },
      inWords: 'The slope of e^x is e^x itself, the value that was computed already.',
    }),
};
