import { cotangentLetter } from './elementwise.ts';
import {
  equation,
  type Formula,
  type FormulaTable,
  formula,
  letter,
  type StepFacts,
  type StepFormulas,
} from './formula.ts';
import { partialAt, structural } from './structural.ts';

/** The axes that are reduced, in words; nothing where it is all of them. */
export function over({ attributes, inputs }: StepFacts): Formula {
  const rank = Object.values(inputs)[0]?.length ?? 0;
  const { axes, axis } = attributes;
  const named = Array.isArray(axes) ? axes.map(Number) : typeof axis === 'number' ? [axis] : [];
  if (named.length === 0 || (Array.isArray(axes) && named.length === rank)) return formula('', '');
  const words = ` over ${named.length === 1 ? 'axis' : 'axes'} ${named.join(', ')}`;
  return formula(words, `\\text{${words}}`);
}

/** How many numbers of the input go into one of the output. */
export function countOf({ shape, inputs }: StepFacts): number {
  const sizeOf = (lengths: readonly number[]): number => lengths.reduce((product, length) => product * length, 1);
  const size = sizeOf(Object.values(inputs)[0] ?? []);
  return sizeOf(shape) === 0 ? 0 : size / sizeOf(shape);
}

interface Reduction {
  /** The right side of the value, for an input of that letter. */
  readonly value: (x: Formula) => Formula;
  /** The right side of ∂y/∂x[i]. */
  readonly slope: (x: Formula) => Formula;
  /** The right side of ∂L/∂x. */
  readonly product: (g: string, x: Formula) => Formula;
  readonly inWords: string;
}

function reduction(facts: StepFacts, { value, slope, product, inWords }: Reduction): StepFormulas {
  const [name] = Object.keys(facts.inputs);
  const [x, axes] = [letter(name), over(facts)];
  const sum = value(x);
  return structural({
    value: formula(`y = ${sum.text}${axes.text}`, `y = ${sum.latex}${axes.latex}`),
    inputs: {
      [name]: {
        derivative: equation(partialAt('y', '', name, 'i'), slope(x)),
        product: product(cotangentLetter([name]), x),
      },
    },
    inWords,
  });
}

const extreme = (word: string) => (facts: StepFacts) =>
  reduction(facts, {
    value: (x) => formula(`${word} ${x.text}`, `\\${word}\\, ${x.latex}`),
    slope: (x) =>
      formula(
        `1/n where ${x.text}[i] = y, of which there are n, else 0`,
        `\\begin{cases} \\tfrac1n & ${x.latex}_i = y \\text{, of which there are } n \\\\ 0 & \\text{else} \\end{cases}`,
      ),
    product: (g, x) => formula(`${g}·[${x.text} = y]/n`, `\\frac{${g}}{n} \\cdot [${x.latex} = y]`),
    inWords: 'The cotangent goes to the number that was chosen; equals share it.',
  });

const directionOf = ({ attributes }: StepFacts): readonly [text: string, latex: string] => {
  const isExclusive = attributes.exclusive === true;
  if (attributes.reverse === true) return isExclusive ? ['k > n', 'k > n'] : ['k ≥ n', 'k \\ge n'];
  return isExclusive ? ['k < n', 'k < n'] : ['k ≤ n', 'k \\le n'];
};

const opposite: Readonly<Record<string, readonly [text: string, latex: string]>> = {
  'k > n': ['k < n', 'k < n'],
  'k ≥ n': ['k ≤ n', 'k \\le n'],
  'k < n': ['k > n', 'k > n'],
  'k ≤ n': ['k ≥ n', 'k \\ge n'],
};

/** Ops that make fewer numbers of many. */
export const reductions: FormulaTable = {
  sum: (facts) =>
    reduction(facts, {
      value: (x) => formula(`Σ ${x.text}`, `\\sum ${x.latex}`),
      slope: () => formula('1'),
      product: (g) => formula(`${g}, repeated for each summand`, `${g} \\text{, repeated for each summand}`),
      inWords: 'Every summand receives the cotangent of the sum as it is.',
    }),
  mean: (facts) =>
    reduction(facts, {
      value: (x) =>
        formula(`Σ ${x.text}/n with n = ${countOf(facts)}`, `\\frac1n \\sum ${x.latex}, \\quad n = ${countOf(facts)}`),
      slope: () => formula('1/n', '\\frac1n'),
      product: (g) =>
        formula(`${g}/n, repeated for each of them`, `\\frac{${g}}{n} \\text{, repeated for each of them}`),
      inWords: 'Every number receives an equal share of the cotangent.',
    }),
  variance: (facts) =>
    reduction(facts, {
      value: (x) =>
        formula(
          `Σ (${x.text} - mean(${x.text}))²/n with n = ${countOf(facts)}`,
          `\\frac1n \\sum (${x.latex} - \\bar{${x.latex}})^2, \\quad n = ${countOf(facts)}`,
        ),
      slope: (x) => formula(`2·(${x.text}[i] - mean(${x.text}))/n`, `\\frac2n (${x.latex}_i - \\bar{${x.latex}})`),
      product: (g, x) =>
        formula(`${g}·2·(${x.text} - mean(${x.text}))/n`, `${g} \\cdot \\frac2n (${x.latex} - \\bar{${x.latex}})`),
      inWords:
        'A number spreads the rest the more, the further it lies from the mean; what it does to the mean cancels.',
    }),
  max: extreme('max'),
  min: extreme('min'),
  logSumExp: (facts) =>
    reduction(facts, {
      value: (x) => formula(`ln Σ e^${x.text}`, `\\ln \\sum e^{${x.latex}}`),
      slope: (x) => formula(`softmax(${x.text})[i]`, `\\operatorname{softmax}(${x.latex})_i`),
      product: (g, x) => formula(`${g}·softmax(${x.text})`, `${g} \\cdot \\operatorname{softmax}(${x.latex})`),
      inWords: 'A smooth maximum: the cotangent is shared out by the softmax.',
    }),
  product: (facts) =>
    reduction(facts, {
      value: (x) => formula(`Π ${x.text}`, `\\prod ${x.latex}`),
      slope: (x) => formula(`Π ${x.text}[k] over all k ≠ i`, `\\prod_{k \\ne i} ${x.latex}_k`),
      product: (g, x) =>
        formula(`${g}·(the product of all other ${x.text})`, `${g} \\cdot \\prod_{k \\ne i} ${x.latex}_k`),
      inWords: 'Each factor receives the cotangent times the product of the others.',
    }),
  cumulativeSum: (facts) => {
    const [condition, latex] = directionOf(facts);
    const [back, backLatex] = opposite[condition];
    const axes = over(facts);
    return structural({
      value: formula(`y[n] = Σ x[k] over ${condition},${axes.text}`, `y_n = \\sum_{${latex}} x_k${axes.latex}`),
      inputs: {
        x: {
          derivative: formula(
            `∂y[n]/∂x[k] = 1 where ${condition}, else 0`,
            `\\frac{\\partial y_n}{\\partial x_k} = \\begin{cases} 1 & ${latex} \\\\ 0 & \\text{else} \\end{cases}`,
          ),
          product: formula(`Σ g[k] over ${back}`, `\\sum_{${backLatex}} g_k`),
        },
      },
      inWords: 'A number counts in every sum behind it, so it receives the sum of their cotangents.',
    });
  },
};
