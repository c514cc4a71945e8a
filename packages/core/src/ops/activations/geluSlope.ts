import * as kernels from '../../engine/kernels.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { clamp } from '../elementwise/clamp.ts';
import { multiply } from '../elementwise/multiply.ts';
import { negate } from '../elementwise/negate.ts';
import { square } from '../elementwise/square.ts';
import { subtract } from '../elementwise/subtract.ts';
import { unary } from '../elementwise/unary.ts';
import { sigmoid } from './sigmoid.ts';

/** Beyond ±40 both slopes are 0 and 1 to the last digit; so far out x is held, or x·0 would be NaN at an infinity. */
const bounds = { min: -40, max: 40 };

/** y = Φ(x) + x·φ(x), the slope of gelu. Its own slope is φ(x)·(2 - x²). */
export function geluSlope(x: Tensor): Tensor {
  return unary('geluSlope', x, kernels.geluSlope, (x) => {
    const held = clamp(x, bounds);
    return multiply(normalDensity(held), subtract(2, square(held)));
  });
}

/**
 * y = s + x·s·(1 - s)·r, the slope of gelu by tanh, where s = 1 / (1 + e^-v), v = √(8/π)·(x + 0.044715·x³) and r = dv/dx.
 * Its own slope is s·(1 - s)·(2·r + x·((1 - 2·s)·r² + d²v/dx²)).
 */
export function geluTanhSlope(x: Tensor): Tensor {
  return unary('geluTanhSlope', x, kernels.geluTanhSlope, (x) => {
    const held = clamp(x, bounds);
    const squared = square(held);
    const factor = 2 * Math.sqrt(2 / Math.PI);
    const s = sigmoid(multiply(multiply(factor, held), add(1, multiply(0.044715, squared))));
    const rise = multiply(factor, add(1, multiply(3 * 0.044715, squared)));
    const bend = multiply(6 * 0.044715 * factor, held);
    const ofRise = add(multiply(subtract(1, multiply(2, s)), square(rise)), bend);
    return multiply(multiply(s, subtract(1, s)), add(multiply(2, rise), multiply(held, ofRise)));
  });
}

/** y = φ(x) = e^(-x²/2) / √2π, the normal density. Slope -x·φ(x). */
function normalDensity(x: Tensor): Tensor {
  return unary('normalDensity', x, kernels.normalDensity, (x, y) => negate(multiply(x, y)));
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  geluSlope: () =>
    elementwise({
      value: formula('Φ(x) + x·φ(x)', '\\Phi(x) + x\\,\\varphi(x)'),
      slopes: { x: formula('φ(x)·(2 - x²)', '\\varphi(x)\\,(2 - x^2)') },
      inWords: 'The slope of gelu: largest at √2 and least at -√2, where its own slope changes its sign.',
    }),
  geluTanhSlope: () =>
    elementwise({
      value: formula(
        's + x·s·(1 - s)·r, s = σ(v), v = √(8/π)·(x + 0.044715·x³), r = √(8/π)·(1 + 0.134145·x²)',
        's + x\\,s\\,(1 - s)\\,r, \\quad s = \\sigma(v), \\quad v = \\sqrt{8/\\pi}\\,(x + 0.044715\\,x^3), \\quad r = \\sqrt{8/\\pi}\\,(1 + 0.134145\\,x^2)',
      ),
      slopes: {
        x: formula(
          's·(1 - s)·(2·r + x·((1 - 2·s)·r² + √(8/π)·0.26829·x))',
          's\\,(1 - s)\\,(2r + x\\,((1 - 2s)\\,r^2 + \\sqrt{8/\\pi} \\cdot 0.26829\\,x))',
        ),
      },
      inWords: 'The slope of gelu by tanh; r is the slope of v, and s·(1 - s) that of the sigmoid.',
    }),
  normalDensity: () =>
    elementwise({
      value: formula('φ(x) = e^(-x²/2)/√(2π)', '\\varphi(x) = \\frac{e^{-x^2/2}}{\\sqrt{2\\pi}}'),
      slopes: { x: formula('-x·y', '-x\\,y') },
      inWords: 'The bell falls away from its middle, in proportion to the distance.',
    }),
};
