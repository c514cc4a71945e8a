import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { unary } from './unary.ts';

/**
 * y = -x, element by element. Slope -1.
 *
 * @example negate([1, -2]) // [-1, 2]
 */
export function negate(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('negate', surplus);
  return unary('negate', x, kernels.negate, () => -1);
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  negate: () =>
    elementwise({
      value: formula('-x'),
      slopes: { x: formula('-1') },
      inWords: 'The cotangent goes back with the other sign.',
    }),
};
