import { type FormulaTable, formula } from './formula.ts';
import { over } from './reductions.ts';
import { structural } from './structural.ts';

/** The softmax family. δ is 1 where its indices agree, else 0. */
export const softmaxes: FormulaTable = {
  softmax: (facts) =>
    structural({
      output: 'p',
      value: formula(`p = e^x/Σ e^x${over(facts).text}`, `p = \\frac{e^{x}}{\\sum e^{x}}${over(facts).latex}`),
      inputs: {
        x: {
          derivative: formula(
            '∂p[i]/∂x[j] = p[i]·(δ[i, j] - p[j])',
            '\\frac{\\partial p_i}{\\partial x_j} = p_i\\,(\\delta_{ij} - p_j)',
          ),
          product: formula('p·(g - Σ g·p)', 'p \\cdot \\left( g - \\sum g\\,p \\right)'),
        },
      },
      inWords:
        'One probability rises at the cost of all others: what the cotangent is on average, weighted by them, is taken away.',
    }),
  logSoftmax: (facts) =>
    structural({
      value: formula(`y = x - ln Σ e^x${over(facts).text}`, `y = x - \\ln \\sum e^{x}${over(facts).latex}`),
      inputs: {
        x: {
          derivative: formula(
            '∂y[i]/∂x[j] = δ[i, j] - softmax(x)[j]',
            '\\frac{\\partial y_i}{\\partial x_j} = \\delta_{ij} - \\operatorname{softmax}(x)_j',
          ),
          product: formula('g - softmax(x)·Σ g', 'g - \\operatorname{softmax}(x) \\sum g'),
        },
      },
      inWords: 'Each number raises its own logarithm, and lowers all of them in proportion to its probability.',
    }),
  softmaxCrossEntropy: (facts) =>
    structural({
      output: 'ℓ',
      value: formula(
        `ℓ = -Σ target·ln p, p = softmax(logits)${over(facts).text}`,
        `\\ell = -\\sum \\mathrm{target} \\cdot \\ln p, \\quad p = \\operatorname{softmax}(\\mathrm{logits})${over(facts).latex}`,
      ),
      inputs: {
        logits: {
          derivative: formula(
            '∂ℓ/∂logits = (Σ target)·p - target',
            '\\frac{\\partial \\ell}{\\partial \\mathrm{logits}} = \\left( \\sum \\mathrm{target} \\right) p - \\mathrm{target}',
          ),
          product: formula(
            'g·((Σ target)·p - target)',
            'g \\cdot \\left( \\left( \\sum \\mathrm{target} \\right) p - \\mathrm{target} \\right)',
          ),
        },
        target: {
          derivative: formula('∂ℓ/∂target = -ln p', '\\frac{\\partial \\ell}{\\partial \\mathrm{target}} = -\\ln p'),
          product: formula('-g·ln p', '-g \\cdot \\ln p'),
        },
      },
      inWords: 'What is believed less what is true: the probabilities, less the target where it sums to 1.',
    }),
};
