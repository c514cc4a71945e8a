import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { clamp } from '../elementwise/clamp.ts';
import { multiply } from '../elementwise/multiply.ts';
import { subtract } from '../elementwise/subtract.ts';
import { unary } from '../elementwise/unary.ts';
import { sigmoid } from './sigmoid.ts';

/**
 * y = x·σ(x) with the sigmoid σ, element by element: a smooth relu that dips below 0 before it rises, also called swish. Slope
 * σ(x)·(1 + x·(1 - σ(x))). The limit at -Infinity is 0.
 *
 * @example silu([-1, 1]) // [-0.2689, 0.7311]
 */
export function silu(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('silu', surplus);
  return unary('silu', x, kernels.silu, (x) => {
    // Beyond ±800 the slope is 0 and 1 to the last digit, and x·0 would be NaN at an infinity.
    const held = clamp(x, { min: -800, max: 800 });
    const s = sigmoid(held);
    return multiply(s, add(1, multiply(held, subtract(1, s))));
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  silu: () =>
    elementwise({
      value: formula('x·σ(x)', 'x \\cdot \\sigma(x)'),
      slopes: { x: formula('σ(x)·(1 + x·(1 - σ(x)))', '\\sigma(x)\\,(1 + x\\,(1 - \\sigma(x)))') },
      inWords: 'The product rule, with the slope σ·(1 - σ) of the sigmoid.',
    }),
};
