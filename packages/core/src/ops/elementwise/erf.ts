import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { exp } from './exp.ts';
import { multiply } from './multiply.ts';
import { negate } from './negate.ts';
import { square } from './square.ts';
import { unary } from './unary.ts';

/**
 * y = 2/√π · ∫₀ˣ e^(-s²) ds, the error function, element by element, from -1 to 1. Slope 2/√π · e^(-x²).
 *
 * @example erf([0, 1]) // [0, 0.8427]
 */
export function erf(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('erf', surplus);
  return unary('erf', x, kernels.erf, (x) => multiply(2 / Math.sqrt(Math.PI), exp(negate(square(x)))));
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  erf: () =>
    elementwise({
      value: formula(
        'erf(x) = 2/√π·∫₀ˣ e^(-s²) ds',
        '\\operatorname{erf}(x) = \\frac{2}{\\sqrt{\\pi}} \\int_0^x e^{-s^2}\\,ds',
      ),
      slopes: { x: formula('2/√π·e^(-x²)', '\\frac{2}{\\sqrt{\\pi}}\\, e^{-x^2}') },
      inWords: 'The slope of an integral is what is integrated.',
    }),
};
