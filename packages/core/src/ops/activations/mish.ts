import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { unary } from '../elementwise/unary.ts';
import { mishSlope } from './mishSlope.ts';

/**
 * y = x·tanh(ln(1 + e^x)), element by element: much like silu. With t the tanh, slope t + x·(1 - t²)·σ(x). The limit at
 * -Infinity is 0.
 *
 * Source: Misra, "Mish: a self regularized non-monotonic activation function", 2019.
 *
 * @example mish([-1, 1]) // [-0.3034, 0.8651]
 */
export function mish(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('mish', surplus);
  return unary('mish', x, kernels.mish, mishSlope);
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  mish: () =>
    elementwise({
      value: formula('x·tanh(ln(1 + e^x))', 'x \\cdot \\tanh(\\ln(1 + e^{x}))'),
      slopes: {
        x: formula(
          't + x·(1 - t²)·σ(x), t = tanh(ln(1 + e^x))',
          't + x\\,(1 - t^2)\\,\\sigma(x), \\quad t = \\tanh(\\ln(1 + e^{x}))',
        ),
      },
      inWords: 'The product rule, then the chain rule through tanh and softplus.',
    }),
};
