import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { unary } from './unary.ts';

/**
 * y = |x|, element by element. Slope sign(x), which is 0 at the kink at 0, as in PyTorch.
 *
 * @example abs([-1, 2]) // [1, 2]
 */
export function abs(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('abs', surplus);
  return unary('abs', x, kernels.abs, (x) => sign(x));
}

/**
 * y = 1 where x > 0, -1 where x < 0, 0 where x = 0, element by element. Its slope is taken as 0 everywhere.
 *
 * @example sign([-3, 0, 2]) // [-1, 0, 1]
 */
export function sign(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('sign', surplus);
  return unary('sign', x, kernels.sign, null);
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  abs: () =>
    elementwise({
      value: formula('|x|', '\\lvert x \\rvert'),
      slopes: { x: formula('sign(x)', '\\operatorname{sign}(x)') },
      inWords: 'Up on the right, down on the left, and 0 at the kink at 0.',
    }),
  sign: () =>
    elementwise({
      value: formula('sign(x)', '\\operatorname{sign}(x)'),
      slopes: { x: null },
      inWords: 'It is flat wherever it has a slope, so nothing flows back.',
    }),
};
