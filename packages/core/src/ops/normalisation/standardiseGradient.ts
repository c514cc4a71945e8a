import * as kernels from '../../engine/kernels.ts';
import { type FormulaTable, formula, structural } from '../../notation/index.ts';
import { record } from '../../tape/record.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { divide } from '../elementwise/divide.ts';
import { multiply } from '../elementwise/multiply.ts';
import { negate } from '../elementwise/negate.ts';
import { mean } from '../reductions/mean.ts';
import { sum } from '../reductions/sum.ts';

/** How the groups that are standardised lie in x: `groups` for the axes that are kept, where these lie side by side. */
export type Groups = readonly [outer: number, groups: number, inner: number];

/** ∂x = (g - mean(g) - y·mean(g·y)) / deviation of `standardise`: linear in g, and its own transpose. */
export function standardiseGradient(
  g: Tensor,
  y: Tensor,
  deviation: Tensor,
  over: { readonly axes: readonly number[]; readonly keepDims: boolean },
  groups: Groups,
): Tensor {
  const meanOf = (a: Tensor, b: Tensor): Tensor => mean(multiply(a, b), over);
  return record({
    operation: 'standardiseGradient',
    inputs: { g, y, deviation },
    shape: g.shape,
    value: (x, memory) => {
      const [cotangent, standardised, scale] = [g, y, deviation].map(({ view }) => flatten(view, memory));
      kernels.standardiseGradient(cotangent, standardised, scale, x, ...groups);
    },
    vjps: {
      g: (h) => standardiseGradient(h, y, deviation, over, groups),
      y: (h) => negate(divide(add(multiply(h, meanOf(g, y)), multiply(g, meanOf(h, y))), deviation)),
      deviation: (h, x) => negate(sum(divide(multiply(h, x), deviation), over)),
    },
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
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
