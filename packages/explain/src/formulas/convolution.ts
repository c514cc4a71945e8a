import { type Formula, type FormulaTable, formula } from './formula.ts';
import { structural } from './structural.ts';

/*
 * A convolution y = w ∗ x is linear in the images x and in the weight w. With a cotangent it makes three maps, of which each
 * is the derivative of another; c = (n, o, r, c) stands for a place of the output, (i, j) for a place of the filter.
 */

const meeting = formula('x[n, k, r·s + i·d - p, c·s + j·d - p]', 'x_{n,k,rs+id-p,cs+jd-p}');

const byImages: Formula = formula(
  '∂y[n, o, r, c]/∂x[n, k, u, v] = weight[o, k, i, j] where u = r·s + i·d - p and v = c·s + j·d - p, else 0',
  '\\frac{\\partial y_{norc}}{\\partial x_{nkuv}} = \\begin{cases} \\mathrm{weight}_{okij} & u = rs+id-p,\\; v = cs+jd-p \\\\ 0 & \\text{else} \\end{cases}',
);
const byWeight: Formula = formula(
  `∂y[n, o, r, c]/∂weight[o, k, i, j] = ${meeting.text}`,
  `\\frac{\\partial y_{norc}}{\\partial \\mathrm{weight}_{okij}} = ${meeting.latex}`,
);

const inputGradient = (g: string, weight = formula('weight', '\\mathrm{weight}')): Formula =>
  formula(
    `Σ ${g}[n, o, r, c]·${weight.text}[o, k, i, j] over all that the pixel was part of`,
    `\\sum_{o,r,c,i,j \\text{ that meet there}} ${g}_{norc}\\, ${weight.latex}_{okij}`,
  );
const filterGradient = (g: string, x = 'x'): Formula =>
  formula(
    `Σ ${g}[n, o, r, c]·${x}[n, k, r·s + i·d - p, c·s + j·d - p] over n, r, c`,
    `\\sum_{n,r,c} ${g}_{norc}\\, ${x}_{n,k,rs+id-p,cs+jd-p}`,
  );
const forward = (x: string, weight = formula('weight', '\\mathrm{weight}')): Formula =>
  formula(
    `Σ ${weight.text}[o, k, i, j]·${x}[n, k, r·s + i·d - p, c·s + j·d - p] over k, i, j`,
    `\\sum_{k,i,j} ${weight.latex}_{okij}\\, ${x}_{n,k,rs+id-p,cs+jd-p}`,
  );

/** A linear map and its matrix, in words. */
function matrixOf(output: string, input: Formula, text: string): Formula {
  return formula(
    `∂${output}/∂${input.text} = ${text}`,
    `\\frac{\\partial ${output}}{\\partial ${input.latex}} = \\text{${text}}`,
  );
}

const h = formula('h');
const weightLetter = formula('weight', '\\mathrm{weight}');

/** Convolutions, and the derivatives that they are to each other. */
export const convolutions: FormulaTable = {
  conv2d: ({ inputs }) => {
    const hasBias = 'bias' in inputs;
    const sum = forward('x');
    return structural({
      value: formula(
        `y[n, o, r, c] = ${hasBias ? 'bias[o] + ' : ''}${sum.text}`,
        `y_{norc} = ${hasBias ? '\\mathrm{bias}_o + ' : ''}${sum.latex}`,
      ),
      inputs: {
        x: { derivative: byImages, product: inputGradient('g') },
        weight: { derivative: byWeight, product: filterGradient('g') },
        ...(hasBias
          ? {
              bias: {
                derivative: formula(
                  '∂y[n, o, r, c]/∂bias[q] = 1 where o = q, else 0',
                  '\\frac{\\partial y_{norc}}{\\partial \\mathrm{bias}_q} = \\delta_{oq}',
                ),
                product: formula('Σ g[n, o, r, c] over n, r, c', '\\sum_{n,r,c} g_{norc}'),
              },
            }
          : {}),
      },
      inWords:
        'Stride s, dilation d, p zeros in front. To the images each cotangent goes back along the filter it came through; the filter receives the images correlated with the cotangents.',
    });
  },
  conv2dInputGradient: () =>
    structural({
      output: 'z',
      value: formula(`z[n, k, u, v] = ${inputGradient('g').text}`, `z_{nkuv} = ${inputGradient('g').latex}`),
      inputs: {
        g: {
          derivative: matrixOf('z', formula('g'), 'the matrix of the convolution, transposed'),
          product: forward('h'),
        },
        weight: {
          derivative: matrixOf('z', weightLetter, 'the cotangents g that each number of the filter is multiplied by'),
          product: filterGradient('g', h.text),
        },
      },
      inWords: 'The convolution transposed: linear in both, so its derivatives are the other two maps.',
    }),
  conv2dFilterGradient: () =>
    structural({
      output: 'z',
      value: formula(`z[o, k, i, j] = ${filterGradient('g').text}`, `z_{okij} = ${filterGradient('g').latex}`),
      inputs: {
        x: {
          derivative: matrixOf('z', formula('x'), 'the cotangents g that each pixel is multiplied by'),
          product: inputGradient('g', h),
        },
        g: {
          derivative: matrixOf('z', formula('g'), 'the pixels that each cotangent is multiplied by'),
          product: forward('x', h),
        },
      },
      inWords: 'Images correlated with cotangents: linear in both, so its derivatives are the other two maps.',
    }),
  convTranspose2d: () =>
    structural({
      value: formula(
        'y[n, o, r·s + i·d - p, c·s + j·d - p] = Σ weight[k, o, i, j]·x[n, k, r, c] over all that meet there',
        'y_{n,o,rs+id-p,cs+jd-p} = \\sum_{k,r,c,i,j \\text{ that meet there}} \\mathrm{weight}_{koij}\\, x_{nkrc}',
      ),
      inputs: {
        x: {
          derivative: matrixOf('y', formula('x'), 'the matrix of the convolution, transposed'),
          product: formula(
            'Σ weight[k, o, i, j]·g[n, o, r·s + i·d - p, c·s + j·d - p] over o, i, j',
            '\\sum_{o,i,j} \\mathrm{weight}_{koij}\\, g_{n,o,rs+id-p,cs+jd-p}',
          ),
        },
        weight: {
          derivative: matrixOf('y', weightLetter, 'the numbers x that each number of the filter is stamped with'),
          product: formula(
            'Σ x[n, k, r, c]·g[n, o, r·s + i·d - p, c·s + j·d - p] over n, r, c',
            '\\sum_{n,r,c} x_{nkrc}\\, g_{n,o,rs+id-p,cs+jd-p}',
          ),
        },
      },
      inWords: 'A convolution transposed, so the way back to x is that convolution.',
    }),
};
