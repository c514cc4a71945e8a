import { type Formula, formula } from './formula.ts';
import type { StepFacts, StepFormulas } from './stepFormulas.ts';
import { structural } from './structural.ts';

/*
 * A convolution y = w ∗ x is linear in the images x and in the weight w. With a cotangent it makes three maps, of which
 * each is the derivative of another. (n, o, r, c) stands for a pixel of the output, (i, j) for an element of the filter, and
 * (u, v) for a pixel of the images; the stride is s, the dilation d, and there are p zeros in front. For volumes, with three
 * axes, t is the slice of the output, l the layer of the filter, and e the slice of the volume.
 */

type Axes = 2 | 3;

/** The letters of each axis: of the output, of the filter, and of the input. */
const letters = { 2: ['riu', 'cjv'], 3: ['tle', 'riu', 'cjv'] } as const;

/** What is convolved, and a number of it. */
const words = { 2: { inputs: 'images', number: 'pixel' }, 3: { inputs: 'volumes', number: 'voxel' } } as const;

/** The indices along all axes, separated by commas: of an output, of an element of the filter, of an input. */
function indicesOf(axes: Axes): { readonly output: string; readonly element: string; readonly input: string } {
  const [output, element, input] = [0, 1, 2].map((at) => letters[axes].map((each) => each[at]).join(', '));
  return { output, element, input };
}

/** The indices of the input that element (i, j) of the filter meets for output (r, c), along each axis. */
function metBy(axes: Axes): string[] {
  return letters[axes].map(([output, element]) => `${output}·s + ${element}·d - p`);
}

/** Indices as LaTeX writes them below a letter: without spaces and dots. */
function inLatex(text: string): string {
  return text.replaceAll(/[ ·]/g, '');
}

/** The same without commas. */
function joined(text: string): string {
  return inLatex(text).replaceAll(',', '');
}

const weightLetter = formula('weight', '\\mathrm{weight}');

/** The number of x that an element of the filter meets for an output. */
function numberMet(x: string, axes: Axes): Formula {
  const met = metBy(axes).join(', ');
  return formula(`${x}[n, k, ${met}]`, `${x}_{n,k,${inLatex(met)}}`);
}

/** The first of the maps: images and filter to an output. */
function toOutput(x: string, weight: Formula, axes: Axes): Formula {
  const [met, { element }] = [numberMet(x, axes), indicesOf(axes)];
  return formula(
    `Σ ${weight.text}[o, k, ${element}]·${met.text} over k, ${element}`,
    `\\sum_{k,${inLatex(element)}} ${weight.latex}_{ok${joined(element)}}\\, ${met.latex}`,
  );
}

/** The second: cotangents go back along the filter to the images. */
function toImages(g: string, weight: Formula, axes: Axes): Formula {
  const { output, element } = indicesOf(axes);
  return formula(
    `Σ ${g}[n, o, ${output}]·${weight.text}[o, k, ${element}] over all that the ${words[axes].number} was part of`,
    `\\sum_{o,${inLatex(output)},${inLatex(element)} \\text{ that meet there}} ${g}_{no${joined(output)}}\\, ${weight.latex}_{ok${joined(element)}}`,
  );
}

/** The third: images, correlated with cotangents, go to the filter. */
function toFilter(g: string, x: string, axes: Axes): Formula {
  const [met, { output }] = [numberMet(x, axes), indicesOf(axes)];
  return formula(
    `Σ ${g}[n, o, ${output}]·${met.text} over n, ${output}`,
    `\\sum_{n,${inLatex(output)}} ${g}_{no${joined(output)}}\\, ${met.latex}`,
  );
}

/** ∂output/∂input of a linear map: its matrix, in words. */
function matrixOf(output: string, input: Formula, text: string): Formula {
  return formula(
    `∂${output}/∂${input.text} = ${text}`,
    `\\frac{\\partial ${output}}{\\partial ${input.latex}} = \\text{${text}}`,
  );
}

/** y = the convolution of x with the weight, plus a bias if there is one. */
export function convolution({ inputs }: StepFacts, axes: Axes = 2): StepFormulas {
  const hasBias = 'bias' in inputs;
  const { output, element, input } = indicesOf(axes);
  const [sum, met] = [toOutput('x', weightLetter, axes), numberMet('x', axes)];
  const [y, latexY] = [`y[n, o, ${output}]`, `y_{no${joined(output)}}`];
  const equal = letters[axes].map(([, , from], axis) => `${from} = ${metBy(axes)[axis]}`);
  const bias = {
    derivative: formula(
      `∂${y}/∂bias[q] = 1 where o = q, else 0`,
      `\\frac{\\partial ${latexY}}{\\partial \\mathrm{bias}_q} = \\delta_{oq}`,
    ),
    product: formula(`Σ g[n, o, ${output}] over n, ${output}`, `\\sum_{n,${inLatex(output)}} g_{no${joined(output)}}`),
  };
  return structural({
    value: formula(
      `${y} = ${hasBias ? 'bias[o] + ' : ''}${sum.text}`,
      `${latexY} = ${hasBias ? '\\mathrm{bias}_o + ' : ''}${sum.latex}`,
    ),
    inputs: {
      x: {
        derivative: formula(
          `∂${y}/∂x[n, k, ${input}] = weight[o, k, ${element}] where ${listed(equal)}, else 0`,
          `\\frac{\\partial ${latexY}}{\\partial x_{nk${joined(input)}}} = \\begin{cases} \\mathrm{weight}_{ok${joined(element)}} & ${equal
            .map((each) => each.replaceAll('·', '').replaceAll(/ ([+-]) /g, '$1'))
            .join(',\\; ')} \\\\ 0 & \\text{else} \\end{cases}`,
        ),
        product: toImages('g', weightLetter, axes),
      },
      weight: {
        derivative: formula(
          `∂${y}/∂weight[o, k, ${element}] = ${met.text}`,
          `\\frac{\\partial ${latexY}}{\\partial \\mathrm{weight}_{ok${joined(element)}}} = ${met.latex}`,
        ),
        product: toFilter('g', 'x', axes),
      },
      ...(hasBias ? { bias } : {}),
    },
    inWords: `Stride s, dilation d, p zeros in front. To the ${words[axes].inputs} each cotangent goes back along the filter it came through; the filter receives the ${words[axes].inputs} correlated with the cotangents.`,
  });
}

/** z = ∂x of a convolution, from a cotangent g and the weight. */
export function convolutionInputGradient(axes: Axes = 2): StepFormulas {
  const [{ input }, value] = [indicesOf(axes), toImages('g', weightLetter, axes)];
  return structural({
    output: 'z',
    value: formula(`z[n, k, ${input}] = ${value.text}`, `z_{nk${joined(input)}} = ${value.latex}`),
    inputs: {
      g: {
        derivative: matrixOf('z', formula('g'), 'the matrix of the convolution, transposed'),
        product: toOutput('h', weightLetter, axes),
      },
      weight: {
        derivative: matrixOf('z', weightLetter, 'the cotangents g that each number of the filter is multiplied by'),
        product: toFilter('g', 'h', axes),
      },
    },
    inWords: `The convolution${ofVolumes(axes)} transposed: linear in both, so its derivatives are the other two maps.`,
  });
}

/** z = ∂weight of a convolution, from the images x and a cotangent g. */
export function convolutionFilterGradient(axes: Axes = 2): StepFormulas {
  const [{ element }, value, { inputs, number }] = [indicesOf(axes), toFilter('g', 'x', axes), words[axes]];
  return structural({
    output: 'z',
    value: formula(`z[o, k, ${element}] = ${value.text}`, `z_{ok${joined(element)}} = ${value.latex}`),
    inputs: {
      x: {
        derivative: matrixOf('z', formula('x'), `the cotangents g that each ${number} is multiplied by`),
        product: toImages('g', formula('h'), axes),
      },
      g: {
        derivative: matrixOf('z', formula('g'), `the ${number}s that each cotangent is multiplied by`),
        product: toOutput('x', formula('h'), axes),
      },
    },
    inWords: `${capital(inputs)} correlated with cotangents: linear in both, so its derivatives are the other two maps.`,
  });
}

/** y = the transposed convolution of x with the weight. */
export function transposedConvolution(axes: Axes = 2): StepFormulas {
  const { output, element } = indicesOf(axes);
  const met = metBy(axes).join(', ');
  const [weight, latexWeight] = [`weight[k, o, ${element}]`, `\\mathrm{weight}_{ko${joined(element)}}`];
  const [x, latexX] = [`x[n, k, ${output}]`, `x_{nk${joined(output)}}`];
  const [there, latexThere] = [`n, o, ${met}`, `n,o,${inLatex(met)}`];
  const all = `k,${inLatex(output)},${inLatex(element)}`;
  return structural({
    value: formula(
      `y[${there}] = Σ ${weight}·${x} over all that meet there`,
      `y_{${latexThere}} = \\sum_{${all} \\text{ that meet there}} ${latexWeight}\\, ${latexX}`,
    ),
    inputs: {
      x: {
        derivative: matrixOf('y', formula('x'), 'the matrix of the convolution, transposed'),
        product: formula(
          `Σ ${weight}·g[${there}] over o, ${element}`,
          `\\sum_{o,${inLatex(element)}} ${latexWeight}\\, g_{${latexThere}}`,
        ),
      },
      weight: {
        derivative: matrixOf('y', weightLetter, 'the numbers x that each number of the filter is multiplied by'),
        product: formula(
          `Σ ${x}·g[${there}] over n, ${output}`,
          `\\sum_{n,${inLatex(output)}} ${latexX}\\, g_{${latexThere}}`,
        ),
      },
    },
    inWords: `A convolution${ofVolumes(axes)} transposed, so the way back to x is that convolution.`,
  });
}

/** `a and b`, `a, b and c`. */
function listed(parts: readonly string[]): string {
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}

function ofVolumes(axes: Axes): string {
  return axes === 3 ? ' of volumes' : '';
}

function capital(word: string): string {
  return word[0].toUpperCase() + word.slice(1);
}
