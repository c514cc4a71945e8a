import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { binary } from './binary.ts';
import { timesSlope } from './chainRule.ts';

/**
 * z = x·y, element by element, with broadcasting. ∂z/∂x = y, ∂z/∂y = x.
 *
 * @example multiply([1, 2, 3], 2) // [2, 4, 6]
 */
export function multiply(x: TensorLike, y: TensorLike, ...surplus: []): Tensor {
  checkSurplus('multiply', surplus);
  return binary('multiply', x, y, kernels.multiply, {
    x: (g, _x, y) => timesSlope(g, y),
    y: (g, x) => timesSlope(g, x),
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  multiply: () =>
    elementwise({
      output: 'z',
      value: formula('x·y', 'x \\cdot y'),
      slopes: { x: formula('y'), y: formula('x') },
      inWords: 'Each factor receives the cotangent times the other.',
    }),
};
