import { cotangentLetter } from './elementwise.ts';
import { type Formula, type FormulaTable, formula, letter, type StepFacts, type StepFormulas } from './formula.ts';
import { structural } from './structural.ts';

interface Pooling {
  readonly value: (x: Formula) => Formula;
  readonly slope: Formula;
  readonly product: (g: string) => Formula;
  readonly inWords: string;
}

function pooling({ inputs }: StepFacts, { value, slope, product, inWords }: Pooling): StepFormulas {
  const [name] = Object.keys(inputs);
  const x = letter(name);
  return structural({
    value: value(x),
    inputs: {
      [name]: {
        derivative: formula(
          `∂y[i]/∂${x.text}[k] = ${slope.text}`,
          `\\frac{\\partial y_i}{\\partial ${x.latex}_k} = ${slope.latex}`,
        ),
        product: product(cotangentLetter([name])),
      },
    },
    inWords,
  });
}

function either(value: Formula, condition: string): Formula {
  return formula(
    `${value.text} where ${condition}, else 0`,
    `\\begin{cases} ${value.latex} & \\text{${condition}} \\\\ 0 & \\text{else} \\end{cases}`,
  );
}

function words(before: string, x: string, after: string): Formula {
  return formula(`${before}${x}${after}`, `\\text{${before}} ${x} \\text{${after}}`);
}

const one = formula('1');
const share = formula('1/n', '\\tfrac1n');

/** The mean over windows or cells, whose n places share the cotangent. */
function average(region: string): (facts: StepFacts) => StepFormulas {
  return (facts) =>
    pooling(facts, {
      value: (x) =>
        formula(
          `y[i] = Σ ${x.text}/n over the n places of ${region} i`,
          `y_i = \\frac1n \\sum_{k \\in \\text{${region} } i} ${x.latex}_k`,
        ),
      slope: either(share, `k is in ${region} i`),
      product: (g) =>
        formula(
          `Σ ${g}[i]/n over each ${region} i that k is in`,
          `\\sum_{i:\\; k \\in \\text{${region} } i} \\frac{${g}_i}{n}`,
        ),
      inWords: `Every place of a ${region} receives an equal share of its cotangent.`,
    });
}

/** The transpose of such a mean. */
function shareOut(region: string): (facts: StepFacts) => StepFormulas {
  return (facts) =>
    pooling(facts, {
      value: (g) =>
        formula(
          `y[i] = Σ ${g.text}[k]/n over each ${region} k that i is in`,
          `y_i = \\sum_{k:\\; i \\in \\text{${region} } k} \\frac{${g.latex}_k}{n}`,
        ),
      slope: either(share, `i is in ${region} k`),
      product: (h) =>
        formula(`Σ ${h}/n over the n places of ${region} k`, `\\frac1n \\sum_{i \\in \\text{${region} } k} ${h}_i`),
      inWords: 'Sharing out is averaging transposed, so its derivative averages.',
    });
}

/** Poolings, and the maps back. */
export const poolings: FormulaTable = {
  maxPool2d: (facts) =>
    pooling(facts, {
      value: (x) =>
        formula(`y[i] = max ${x.text} under window i`, `y_i = \\max_{k \\in \\text{window } i} ${x.latex}_k`),
      slope: either(one, 'k was chosen for i'),
      product: (g) => formula(`Σ ${g}[i] over each window i that chose k`, `\\sum_{i \\text{ that chose } k} ${g}_i`),
      inWords: 'All of a cotangent goes to the number that was chosen, the first of equals; the others get nothing.',
    }),
  maxPool2dGradient: (facts) =>
    pooling(facts, {
      value: (g) =>
        formula(
          `y[i] = Σ ${g.text}[k] over each window k that chose i`,
          `y_i = \\sum_{k \\text{ that chose } i} ${g.latex}_k`,
        ),
      slope: either(one, 'i was chosen for k'),
      product: (h) => words('', h, ' at the place that was chosen for k'),
      inWords: 'Putting numbers at the chosen places; its transpose takes them from there.',
    }),
  takeChosen: (facts) =>
    pooling(facts, {
      value: (x) =>
        formula(
          `y[i] = ${x.text} at the place that was chosen for i`,
          `y_i = ${x.latex} \\text{ at the place that was chosen for } i`,
        ),
      slope: either(one, 'k was chosen for i'),
      product: (g) => formula(`Σ ${g}[i] over each window i that chose k`, `\\sum_{i \\text{ that chose } k} ${g}_i`),
      inWords: 'Taking numbers from the chosen places; its transpose puts them back.',
    }),
  avgPool2d: average('window'),
  avgPool2dGradient: shareOut('window'),
  adaptiveAvgPool2d: average('cell'),
  adaptiveAvgPool2dGradient: shareOut('cell'),
};
