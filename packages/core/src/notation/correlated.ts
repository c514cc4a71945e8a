import { type Formula, formula } from './formula.ts';

/*
 * A convolution y = w ∗ x is linear in the images x and in the weight w. With a cotangent it makes three maps, of which
 * each is the derivative of another. (n, o, r, c) stands for a pixel of the output, (i, j) for an element of the filter; the
 * stride is s, the dilation d, and there are p zeros in front.
 */

/** The weight of a convolution, as a letter. */
export const weightLetter = formula('weight', '\\mathrm{weight}');

/** The pixel that element (i, j) of the filter meets for pixel (r, c) of the output. */
export function pixelMet(x: string): Formula {
  return formula(`${x}[n, k, r·s + i·d - p, c·s + j·d - p]`, `${x}_{n,k,rs+id-p,cs+jd-p}`);
}

/** The first of the maps: images and filter to an output. */
export function convolved(x: string, weight: Formula = weightLetter): Formula {
  const met = pixelMet(x);
  return formula(
    `Σ ${weight.text}[o, k, i, j]·${met.text} over k, i, j`,
    `\\sum_{k,i,j} ${weight.latex}_{okij}\\, ${met.latex}`,
  );
}

/** The second: cotangents go back along the filter to the images. */
export function toImages(g: string, weight: Formula = weightLetter): Formula {
  return formula(
    `Σ ${g}[n, o, r, c]·${weight.text}[o, k, i, j] over all that the pixel was part of`,
    `\\sum_{o,r,c,i,j \\text{ that meet there}} ${g}_{norc}\\, ${weight.latex}_{okij}`,
  );
}

/** The third: images, correlated with cotangents, go to the filter. */
export function toFilter(g: string, x = 'x'): Formula {
  const met = pixelMet(x);
  return formula(`Σ ${g}[n, o, r, c]·${met.text} over n, r, c`, `\\sum_{n,r,c} ${g}_{norc}\\, ${met.latex}`);
}

/** ∂output/∂input of a linear map: its matrix, in words. */
export function matrixOf(output: string, input: Formula, text: string): Formula {
  return formula(
    `∂${output}/∂${input.text} = ${text}`,
    `\\frac{\\partial ${output}}{\\partial ${input.latex}} = \\text{${text}}`,
  );
}
