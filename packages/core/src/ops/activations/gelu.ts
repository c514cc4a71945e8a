import * as kernels from '../../engine/kernels.ts';
import { ValueError } from '../../errors.ts';
import { inJson } from '../../kinds.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { unary } from '../elementwise/unary.ts';
import { geluSlope, geluTanhSlope } from './geluSlope.ts';

export interface GeluOptions {
  /** `none` (the default) for the normal distribution itself, `tanh` for the formula that older models were trained with. */
  readonly approximate?: 'none' | 'tanh';
}

export const geluOptions: OptionNames<GeluOptions> = { approximate: 'optional' };

/**
 * y = x·Φ(x), element by element, where Φ is the normal distribution: x, weighted by the share of numbers that are smaller.
 * Slope Φ(x) + x·φ(x), with the normal density φ. With `approximate: 'tanh'`, y = ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))).
 *
 * Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.
 *
 * @example gelu([-1, 1]) // [-0.1587, 0.8413]
 * @throws ValueError when `approximate` is another word
 */
export function gelu(x: TensorLike, options: GeluOptions = {}, ...surplus: []): Tensor {
  checkSurplus('gelu', surplus);
  const { approximate = 'none' } = checkOptions('gelu', options, geluOptions);
  if (approximate === 'none') return unary('gelu', x, kernels.gelu, geluSlope);
  if (approximate === 'tanh') return unary('gelu', x, kernels.geluTanh, geluTanhSlope, { approximate });
  throw new ValueError({
    operation: 'gelu',
    got: `approximate is ${inJson(approximate)}`,
    wanted: "'none' or 'tanh'",
    remedy: 'Leave it out for the exact function',
  });
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
};
