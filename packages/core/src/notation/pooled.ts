import { cotangentLetter } from './elementwise.ts';
import { cases, type Formula, formula, letter, words } from './formula.ts';
import type { StepFacts, StepFormulas } from './stepFormulas.ts';
import { structural } from './structural.ts';

/** A map between an image and the windows over it. */
export interface Pooled {
  /** The whole equation of the output, for an input of that letter. */
  readonly value: (x: Formula) => Formula;
  /** What ∂y[i]/∂x[k] is under the condition, and the condition in words; else it is 0. */
  readonly slope: readonly [value: Formula, condition: string];
  /** The right side of ∂L/∂x. */
  readonly product: (g: string) => Formula;
  readonly inWords: string;
}

/** The formulas of a pooling, or of its way back. */
export function pooled({ inputs }: StepFacts, { value, slope, product, inWords }: Pooled): StepFormulas {
  const [name] = Object.keys(inputs);
  const x = letter(name);
  const chosen = cases(slope[0], words(slope[1]), formula('0'));
  return structural({
    value: value(x),
    inputs: {
      [name]: {
        derivative: formula(
          `∂y[i]/∂${x.text}[k] = ${chosen.text}`,
          `\\frac{\\partial y_i}{\\partial ${x.latex}_k} = ${chosen.latex}`,
        ),
        product: product(cotangentLetter([name])),
      },
    },
    inWords,
  });
}

const share = formula('1/n', '\\tfrac1n');

/** The mean over windows or cells, whose n pixels share the cotangent. */
export function averaged(facts: StepFacts, region: 'window' | 'cell'): StepFormulas {
  return pooled(facts, {
    value: (x) =>
      formula(
        `y[i] = Σ ${x.text}/n over the n pixels of ${region} i`,
        `y_i = \\frac1n \\sum_{k \\in \\text{${region} } i} ${x.latex}_k`,
      ),
    slope: [share, `k is in ${region} i`],
    product: (g) =>
      formula(
        `Σ ${g}[i]/n over each ${region} i that k is in`,
        `\\sum_{i:\\; k \\in \\text{${region} } i} \\frac{${g}_i}{n}`,
      ),
    inWords: `Every pixel of a ${region} receives an equal share of its cotangent.`,
  });
}

/** The transpose of such a mean. */
export function sharedOut(facts: StepFacts, region: 'window' | 'cell'): StepFormulas {
  return pooled(facts, {
    value: (g) =>
      formula(
        `y[i] = Σ ${g.text}[k]/n over each ${region} k that i is in`,
        `y_i = \\sum_{k:\\; i \\in \\text{${region} } k} \\frac{${g.latex}_k}{n}`,
      ),
    slope: [share, `i is in ${region} k`],
    product: (h) =>
      formula(`Σ ${h}/n over the n pixels of ${region} k`, `\\frac1n \\sum_{i \\in \\text{${region} } k} ${h}_i`),
    inWords: 'Sharing out is averaging transposed, so its derivative averages.',
  });
}
