import { cotangentLetter } from './elementwise.ts';
import { equation, type Formula, formula, letter } from './formula.ts';
import type { StepFacts, StepFormulas } from './stepFormulas.ts';
import { partialAt, structural } from './structural.ts';

/** An op of one input that makes one number of many. */
export interface Reduced {
  /** The right side of the value, for an input of that letter. */
  readonly value: (x: Formula) => Formula;
  /** The right side of ∂y/∂x[i]. */
  readonly slope: (x: Formula) => Formula;
  /** The right side of ∂L/∂x. */
  readonly product: (g: string, x: Formula) => Formula;
  readonly inWords: string;
}

/** The formulas of a reduction, with the axes that it reduces. */
export function reduced(facts: StepFacts, { value, slope, product, inWords }: Reduced): StepFormulas {
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
