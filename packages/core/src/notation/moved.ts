import { cotangentLetter } from './elementwise.ts';
import { type Formula, formula, letter } from './formula.ts';
import type { StepFacts, StepFormulas } from './stepFormulas.ts';
import { isOneWhere, structural } from './structural.ts';

/** An op of one input that computes nothing. */
export interface Moved {
  /** The whole equation of the output, for an input of that letter. */
  readonly value: (x: Formula) => Formula;
  /** When ∂y[i]/∂x[k] is 1. */
  readonly meets: string;
  /** The right side of ∂L/∂x. */
  readonly product: (g: string) => Formula;
  readonly inWords: string;
}

/** The formulas of an op that moves numbers: each number of y is one of x, a sum of such, or a constant. */
export function moved({ inputs }: StepFacts, { value, meets, product, inWords }: Moved): StepFormulas {
  const [name] = Object.keys(inputs);
  const x = letter(name);
  return structural({
    value: value(x),
    inputs: { [name]: { derivative: isOneWhere(x, meets), product: product(cotangentLetter([name])) } },
    inWords,
  });
}

/** A letter between words. */
export function between(left: string, x: Formula, right: string): Formula {
  return formula(`${left}${x.text}${right}`, `${left}${x.latex}\\text{${right}}`);
}

/** A shape among the attributes, in brackets. */
export function shapeIn(attribute: unknown): string {
  return Array.isArray(attribute) ? `[${attribute.join(', ')}]` : 'another shape';
}
