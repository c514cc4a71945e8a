import * as kernels from '../../engine/kernels.ts';
import { ValueError } from '../../errors.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { clamp } from '../elementwise/clamp.ts';
import { multiply } from '../elementwise/multiply.ts';
import { negate } from '../elementwise/negate.ts';
import { square } from '../elementwise/square.ts';
import { subtract } from '../elementwise/subtract.ts';
import { unary } from '../elementwise/unary.ts';
import { sigmoid } from './sigmoid.ts';

export interface GeluOptions {
  /** `none` (the default) for the normal distribution itself, `tanh` for the formula that older models were trained with. */
  readonly approximate?: 'none' | 'tanh';
}

/**
 * y = x·Φ(x), place by place, where Φ is the normal distribution: x, weighted by the share of numbers that are smaller.
 * Slope Φ(x) + x·φ(x), with the normal density φ. With `approximate: 'tanh'`, y = ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))).
 *
 * Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.
 *
 * @throws ValueError when `approximate` is another word
 */
export function gelu(x: TensorLike, { approximate = 'none' }: GeluOptions = {}): Tensor {
  if (approximate === 'none') return unary('gelu', x, kernels.gelu, exactSlope);
  if (approximate === 'tanh') return unary('gelu', x, kernels.geluTanh, tanhSlope, { approximate });
  throw new ValueError({
    operation: 'gelu',
    got: `approximate is ${JSON.stringify(approximate)}`,
    wanted: "'none' or 'tanh'",
    remedy: 'Leave it out for the exact function',
  });
}

/** Beyond ±40 both slopes are 0 and 1 to the last digit; so far out x is held, or x·0 would be NaN at an infinity. */
const bounds = { min: -40, max: 40 };

function exactSlope(x: Tensor): Tensor {
  const held = clamp(x, bounds);
  return add(normalDistribution(held), multiply(held, normalDensity(held)));
}

/** With s = 1 / (1 + e^-2u), y = x·s, and dy/dx = s + x·s·(1 - s)·2·du/dx. */
function tanhSlope(x: Tensor): Tensor {
  const held = clamp(x, bounds);
  const squared = square(held);
  const factor = 2 * Math.sqrt(2 / Math.PI);
  const s = sigmoid(multiply(multiply(factor, held), add(1, multiply(0.044715, squared))));
  const rise = multiply(factor, add(1, multiply(3 * 0.044715, squared)));
  return multiply(s, add(1, multiply(multiply(held, subtract(1, s)), rise)));
}

/** y = Φ(x). Slope φ(x). */
function normalDistribution(x: Tensor): Tensor {
  return unary('normalDistribution', x, kernels.normalDistribution, normalDensity);
}

/** y = φ(x) = e^(-x²/2) / √2π. Slope -x·φ(x). */
function normalDensity(x: Tensor): Tensor {
  return unary('normalDensity', x, kernels.normalDensity, (x, y) => negate(multiply(x, y)));
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  gelu: ({ attributes }) =>
    attributes.approximate === 'tanh'
      ? elementwise({
          value: formula(
            'x/2·(1 + tanh u), u = √(2/π)·(x + 0.044715·x³)',
            '\\tfrac{x}{2} (1 + \\tanh u), \\quad u = \\sqrt{2/\\pi}\\,(x + 0.044715\\,x^3)',
          ),
          slopes: {
            x: formula(
              's + x·s·(1 - s)·2·√(2/π)·(1 + 0.134145·x²), s = σ(2·u), u = √(2/π)·(x + 0.044715·x³)',
              's + x\\,s\\,(1 - s) \\cdot 2\\sqrt{2/\\pi}\\,(1 + 0.134145\\,x^2), \\quad s = \\sigma(2u), \\quad u = \\sqrt{2/\\pi}\\,(x + 0.044715\\,x^3)',
            ),
          },
          inWords: 'The product rule, for (1 + tanh u)/2 is the sigmoid of 2u.',
        })
      : elementwise({
          value: formula('x·Φ(x)', 'x \\cdot \\Phi(x)'),
          slopes: { x: formula('Φ(x) + x·φ(x)', '\\Phi(x) + x\\,\\varphi(x)') },
          inWords: 'The product rule: φ, the normal density, is the slope of Φ, the normal distribution.',
        }),
  normalDistribution: () =>
    elementwise({
      value: formula('Φ(x)', '\\Phi(x)'),
      slopes: { x: formula('φ(x)', '\\varphi(x)') },
      inWords: 'The slope of a distribution is its density.',
    }),
  normalDensity: () =>
    elementwise({
      value: formula('φ(x) = e^(-x²/2)/√(2π)', '\\varphi(x) = \\frac{e^{-x^2/2}}{\\sqrt{2\\pi}}'),
      slopes: { x: formula('-x·y', '-x\\,y') },
      inWords: 'The bell falls away from its middle, in proportion to the distance.',
    }),
};
