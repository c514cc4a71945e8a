import { cotangentLetter } from './elementwise.ts';
import { equation, type Formula, formula, letter, loss, partial } from './formula.ts';
import type { StepFormulas } from './stepFormulas.ts';

/** An op whose numbers meet: a whole equation for the derivative, and the right side of the product. */
export interface Structural {
  /** The letter of the output; y unless told otherwise. */
  readonly output?: string;
  /** The whole equation of the output. */
  readonly value: Formula;
  readonly inputs: Readonly<
    Record<
      string,
      { readonly derivative: Formula /** The right side of ∂L/∂input. */; readonly product: Formula } | null
    >
  >;
  readonly inWords: string;
}

/** The formulas of an op that does more than work element by element. */
export function structural({ output = 'y', value, inputs, inWords }: Structural): StepFormulas {
  const completed = Object.entries(inputs).map(([name, formulas]) => {
    if (formulas === null) return [name, null] as const;
    const { derivative, product } = formulas;
    return [name, { derivative, product: equation(partial(loss, letter(name)), product) }] as const;
  });
  return {
    output,
    cotangent: cotangentLetter(Object.keys(inputs)),
    value,
    isElementwise: false,
    inputs: Object.fromEntries(completed),
    inWords,
  };
}

/** ∂output/∂input between two numbers of which each is named by indices. */
export function partialAt(output: string, outputIndex: string, input: string, inputIndex: string): Formula {
  return partial(at(formula(output), outputIndex), at(letter(input), inputIndex));
}

/** A number of a tensor by its indices: y[i, j]; the tensor itself where there are none. */
function at(of: Formula, index: string): Formula {
  if (index === '') return of;
  return formula(`${of.text}[${index}]`, `${of.latex}_{${index}}`);
}

/** ∂y[i]/∂x[k] of an op that puts or takes numbers: 1 under a condition in words. */
export function isOneWhere(x: Formula, condition: string): Formula {
  return formula(
    `∂y[i]/∂${x.text}[k] = 1 where ${condition}, else 0`,
    `\\frac{\\partial y_i}{\\partial ${x.latex}_k} = \\begin{cases} 1 & \\text{${condition}} \\\\ 0 & \\text{else} \\end{cases}`,
  );
}
