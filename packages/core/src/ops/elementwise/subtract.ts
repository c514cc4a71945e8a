import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula, one } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { binary } from './binary.ts';
import { negate } from './negate.ts';

/**
 * z = x - y, element by element, with broadcasting. ∂z/∂x = 1, ∂z/∂y = -1.
 *
 * @example subtract([3, 2], [1, 5]) // [2, -3]
 */
export function subtract(x: TensorLike, y: TensorLike, ...surplus: []): Tensor {
  checkSurplus('subtract', surplus);
  return binary('subtract', x, y, kernels.subtract, { x: (g) => g, y: (g) => negate(g) });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  subtract: () =>
    elementwise({
      output: 'z',
      value: formula('x - y'),
      slopes: { x: one, y: formula('-1') },
      inWords: 'The first receives the cotangent as it is, the second with the other sign.',
    }),
};
