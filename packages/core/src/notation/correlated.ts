import { type Formula, formula } from './formula.ts';

/*
 * A convolution y = w ∗ x is linear in the images x and in the weight w. With a cotangent it makes three maps, of which
 * each is the derivative of another. (n, o, r, c) stands for a pixel of the output, (i, j) for an element of the filter; the
 * stride is s, the dilation d, and there are p zeros in front. For volumes, with three axes, t is the slice of the output
 * and l the layer of the filter.
 */

type Axes = 2 | 3;

/** The indices of an output, of an element of the filter, and of what they meet. */
const indices = {
  2: { output: 'r, c', element: 'i, j', met: 'r·s + i·d - p, c·s + j·d - p' },
  3: { output: 't, r, c', element: 'l, i, j', met: 't·s + l·d - p, r·s + i·d - p, c·s + j·d - p' },
} as const;

/** The same in LaTeX. */
function inLatex(text: string): string {
  return text.replaceAll(/[ ·]/g, '');
}

function joined(text: string): string {
  return inLatex(text).replaceAll(',', '');
}

/** The weight of a convolution, as a letter. */
export const weightLetter = formula('weight', '\\mathrm{weight}');

/** The pixel that element (i, j) of the filter meets for pixel (r, c) of the output. */
export function pixelMet(x: string, axes: Axes = 2): Formula {
  const { met } = indices[axes];
  return formula(`${x}[n, k, ${met}]`, `${x}_{n,k,${inLatex(met)}}`);
}

/** The first of the maps: images and filter to an output. */
export function convolved(x: string, weight: Formula = weightLetter, axes: Axes = 2): Formula {
  const [met, { element }] = [pixelMet(x, axes), indices[axes]];
  return formula(
    `Σ ${weight.text}[o, k, ${element}]·${met.text} over k, ${element}`,
    `\\sum_{k,${inLatex(element)}} ${weight.latex}_{ok${joined(element)}}\\, ${met.latex}`,
  );
}

/** The second: cotangents go back along the filter to the images. */
export function toImages(g: string, weight: Formula = weightLetter, axes: Axes = 2): Formula {
  const [{ output, element }, part] = [indices[axes], axes === 2 ? 'pixel' : 'voxel'];
  return formula(
    `Σ ${g}[n, o, ${output}]·${weight.text}[o, k, ${element}] over all that the ${part} was part of`,
    `\\sum_{o,${inLatex(output)},${inLatex(element)} \\text{ that meet there}} ${g}_{no${joined(output)}}\\, ${weight.latex}_{ok${joined(element)}}`,
  );
}

/** The third: images, correlated with cotangents, go to the filter. */
export function toFilter(g: string, x = 'x', axes: Axes = 2): Formula {
  const [met, { output }] = [pixelMet(x, axes), indices[axes]];
  return formula(
    `Σ ${g}[n, o, ${output}]·${met.text} over n, ${output}`,
    `\\sum_{n,${inLatex(output)}} ${g}_{no${joined(output)}}\\, ${met.latex}`,
  );
}

/** ∂output/∂input of a linear map: its matrix, in words. */
export function matrixOf(output: string, input: Formula, text: string): Formula {
  return formula(
    `∂${output}/∂${input.text} = ${text}`,
    `\\frac{\\partial ${output}}{\\partial ${input.latex}} = \\text{${text}}`,
  );
}
