import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { clamp } from '../elementwise/clamp.ts';
import { multiply } from '../elementwise/multiply.ts';
import { square } from '../elementwise/square.ts';
import { subtract } from '../elementwise/subtract.ts';
import { unary } from '../elementwise/unary.ts';
import { sigmoid } from './sigmoid.ts';
import { softplus } from './softplus.ts';
import { tanh } from './tanh.ts';

/**
 * y = t + x·w, the slope of mish, where t = tanh(ln(1 + e^x)) and w = dt/dx = (1 - t²)·σ(x). Its own slope is
 * w·(2 + x·(1 - σ(x) - 2·t·σ(x))).
 */
export function mishSlope(x: Tensor): Tensor {
  return unary('mishSlope', x, kernels.mishSlope, (x) => {
    // Beyond ±800 the slope is 0 and 1 to the last digit, and x·0 would be NaN at an infinity.
    const held = clamp(x, { min: -800, max: 800 });
    const t = tanh(softplus(held));
    const s = sigmoid(held);
    const w = multiply(subtract(1, square(t)), s);
    return multiply(w, add(2, multiply(held, subtract(1, multiply(s, add(1, multiply(2, t)))))));
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  mishSlope: () =>
    elementwise({
      value: formula(
        't + x·(1 - t²)·σ(x), t = tanh(ln(1 + e^x))',
        't + x\\,(1 - t^2)\\,\\sigma(x), \\quad t = \\tanh(\\ln(1 + e^{x}))',
      ),
      slopes: {
        x: formula(
          '(1 - t²)·σ(x)·(2 + x·(1 - σ(x) - 2·t·σ(x)))',
          '(1 - t^2)\\,\\sigma(x)\\,(2 + x\\,(1 - \\sigma(x) - 2\\,t\\,\\sigma(x)))',
        ),
      },
      inWords: 'The slope of mish: the product rule once more.',
    }),
};
