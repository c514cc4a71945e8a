import { type Formula, type FormulaTable, formula, type StepFacts } from './formula.ts';
import { structural } from './structural.ts';

/** Sums over the batch for a factor that was shared by it. */
function shared({ inputs, shape }: StepFacts, name: string): Formula {
  const isShared = inputs[name]?.slice(0, -2).join() !== shape.slice(0, -2).join();
  return isShared
    ? formula(', summed over the batch it is shared by', '\\text{, summed over the batch it is shared by}')
    : formula('', '');
}

/** Matrix products. */
export const products: FormulaTable = {
  matmul: (facts) => {
    const [ofX, ofY] = [shared(facts, 'x'), shared(facts, 'y')];
    return structural({
      output: 'z',
      value: formula(
        'z = x·y: z[i, j] = Σ x[i, p]·y[p, j] over p',
        'z = x\\,y, \\quad z_{ij} = \\sum_p x_{ip}\\,y_{pj}',
      ),
      inputs: {
        x: {
          derivative: formula(
            '∂z[i, j]/∂x[k, p] = y[p, j] where i = k, else 0',
            '\\frac{\\partial z_{ij}}{\\partial x_{kp}} = \\delta_{ik}\\, y_{pj}',
          ),
          product: formula(`g·yᵀ${ofX.text}`, `g\\,y^{\\mathsf T}${ofX.latex}`),
        },
        y: {
          derivative: formula(
            '∂z[i, j]/∂y[p, k] = x[i, p] where j = k, else 0',
            '\\frac{\\partial z_{ij}}{\\partial y_{pk}} = \\delta_{jk}\\, x_{ip}',
          ),
          product: formula(`xᵀ·g${ofY.text}`, `x^{\\mathsf T} g${ofY.latex}`),
        },
      },
      inWords: 'Each factor receives the cotangent times the other one, transposed.',
    });
  },
  linear: ({ inputs }) => {
    const hasBias = 'bias' in inputs;
    return structural({
      value: formula(
        `y = x·weightᵀ${hasBias ? ' + bias' : ''}`,
        `y = x\\,\\mathrm{weight}^{\\mathsf T}${hasBias ? ' + \\mathrm{bias}' : ''}`,
      ),
      inputs: {
        x: {
          derivative: formula(
            '∂y[n, o]/∂x[m, i] = weight[o, i] where n = m, else 0',
            '\\frac{\\partial y_{no}}{\\partial x_{mi}} = \\delta_{nm}\\, \\mathrm{weight}_{oi}',
          ),
          product: formula('g·weight', 'g\\,\\mathrm{weight}'),
        },
        weight: {
          derivative: formula(
            '∂y[n, o]/∂weight[p, i] = x[n, i] where o = p, else 0',
            '\\frac{\\partial y_{no}}{\\partial \\mathrm{weight}_{pi}} = \\delta_{op}\\, x_{ni}',
          ),
          product: formula('gᵀ·x', 'g^{\\mathsf T} x'),
        },
        ...(hasBias
          ? {
              bias: {
                derivative: formula(
                  '∂y[n, o]/∂bias[p] = 1 where o = p, else 0',
                  '\\frac{\\partial y_{no}}{\\partial \\mathrm{bias}_{p}} = \\delta_{op}',
                ),
                product: formula('Σ g over the batch', '\\sum_n g_n'),
              },
            }
          : {}),
      },
      inWords: 'Back through the same weights to x; for the weights, cotangent times input, added up over the batch.',
    });
  },
};
