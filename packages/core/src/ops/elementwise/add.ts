import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula, one } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { binary } from './binary.ts';

/**
 * z = x + y, element by element, with broadcasting. Both inputs receive the cotangent as it is.
 *
 * @example add([[1, 2], [3, 4]], [10, 20]) // [[11, 22], [13, 24]]
 */
export function add(x: TensorLike, y: TensorLike, ...surplus: []): Tensor {
  checkSurplus('add', surplus);
  return binary('add', x, y, kernels.add, { x: (g) => g, y: (g) => g });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  add: () =>
    elementwise({
      output: 'z',
      value: formula('x + y'),
      slopes: { x: one, y: one },
      inWords: 'Both summands receive the cotangent as it is.',
    }),
};
