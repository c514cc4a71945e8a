import { constant, type FormulaTable, formula, numberOf } from './formula.ts';
import { over } from './reductions.ts';
import { structural } from './structural.ts';

/** What all normalisations are made of. */
export const normalisations: FormulaTable = {
  standardise: (facts) => {
    const epsilon = constant(numberOf(facts.attributes.epsilon, 1e-5));
    const count = groupSize(facts.inputs.x ?? [], facts.attributes.axes);
    return structural({
      value: formula(
        `y = (x - mean)/s with s = √(variance + ${epsilon.text})${over(facts).text}`,
        `y = \\frac{x - \\mu}{s}, \\quad s = \\sqrt{\\sigma^2 + ${epsilon.latex}}${over(facts).latex}`,
      ),
      inputs: {
        x: {
          derivative: formula(
            `∂y[i]/∂x[j] = (δ[i, j] - 1/n - y[i]·y[j]/n)/s with n = ${count}`,
            `\\frac{\\partial y_i}{\\partial x_j} = \\frac1s \\left( \\delta_{ij} - \\frac1n - \\frac{y_i\\,y_j}{n} \\right), \\quad n = ${count}`,
          ),
          product: formula(
            '(g - mean(g) - y·mean(g·y))/s',
            '\\frac1s \\left( g - \\overline{g} - y\\;\\overline{g\\,y} \\right)',
          ),
        },
      },
      inWords: 'Every number moves the mean and the variance too: the gradient is blind to what they take away.',
    });
  },
  standardiseGradient: () =>
    structural({
      output: 'z',
      value: formula(
        'z = (g - mean(g) - y·mean(g·y))/deviation',
        'z = \\frac{g - \\overline{g} - y\\;\\overline{g\\,y}}{\\mathrm{deviation}}',
      ),
      inputs: {
        g: {
          derivative: formula(
            '∂z[i]/∂g[j] = (δ[i, j] - 1/n - y[i]·y[j]/n)/deviation',
            '\\frac{\\partial z_i}{\\partial g_j} = \\frac{\\delta_{ij} - 1/n - y_i\\,y_j/n}{\\mathrm{deviation}}',
          ),
          product: formula(
            '(h - mean(h) - y·mean(h·y))/deviation',
            '\\frac{h - \\overline{h} - y\\;\\overline{h\\,y}}{\\mathrm{deviation}}',
          ),
        },
        y: {
          derivative: formula(
            '∂z[i]/∂y[j] = -(δ[i, j]·mean(g·y) + y[i]·g[j]/n)/deviation',
            '\\frac{\\partial z_i}{\\partial y_j} = -\\frac{\\delta_{ij}\\,\\overline{g\\,y} + y_i\\,g_j/n}{\\mathrm{deviation}}',
          ),
          product: formula(
            '-(h·mean(g·y) + g·mean(h·y))/deviation',
            '-\\frac{h\\;\\overline{g\\,y} + g\\;\\overline{h\\,y}}{\\mathrm{deviation}}',
          ),
        },
        deviation: {
          derivative: formula(
            '∂z/∂deviation = -z/deviation',
            '\\frac{\\partial z}{\\partial \\mathrm{deviation}} = -\\frac{z}{\\mathrm{deviation}}',
          ),
          product: formula('-Σ h·z/deviation', '-\\sum \\frac{h\\,z}{\\mathrm{deviation}}'),
        },
      },
      inWords: 'The derivative of standardising, which is linear and its own transpose.',
    }),
};

function groupSize(shape: readonly number[], axes: unknown): number {
  const reduced: readonly number[] = Array.isArray(axes) ? axes.map(Number) : [...shape.keys()];
  return reduced.reduce((product, axis) => product * (shape[axis] ?? 1), 1);
}
