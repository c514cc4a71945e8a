import type { Attributes, Shape } from '@tapegrad/core';

/** A formula twice: in plain signs, for a terminal, and as LaTeX that KaTeX can set. */
export interface Formula {
  readonly text: string;
  readonly latex: string;
}

/** How a step depends on one of its inputs. L is the loss, whatever comes behind the step. */
export interface InputFormulas {
  /** ∂output/∂input, through this step alone. */
  readonly derivative: Formula;
  /** The vector–Jacobian product: ∂L/∂input from the cotangent of the output. */
  readonly product: Formula;
}

/** What a textbook says about one step. */
export interface StepFormulas {
  /** The letter of the output. */
  readonly output: string;
  /** The letter of the cotangent that arrives, ∂L/∂output. */
  readonly cotangent: string;
  /** The output from the inputs. */
  readonly value: Formula;
  /** Whether each number of the output depends on the numbers of the inputs at its own place alone. */
  readonly isElementwise: boolean;
  /** By the name of the input; `null` where it has no gradient. */
  readonly inputs: Readonly<Record<string, InputFormulas | null>>;
  /** What the derivative means, in a sentence. */
  readonly inWords: string;
}

/** What the formulas of a step may depend on. */
export interface StepFacts {
  readonly operation: string;
  readonly attributes: Attributes;
  /** The shape of the output. */
  readonly shape: Shape;
  /** The shapes of the inputs, by name, in their order. */
  readonly inputs: Readonly<Record<string, Shape>>;
  /** The inputs that have a VJP. */
  readonly withGradient: readonly string[];
}

/** The formulas of an op, by its name on the tape. */
export type FormulaTable = Readonly<Record<string, (facts: StepFacts) => StepFormulas>>;

/** A formula from its two spellings. */
export function formula(text: string, latex: string = text): Formula {
  return { text, latex };
}

/** The name of an input or an output as a letter: `x0` with an index below, words set upright. */
export function letter(name: string): Formula {
  if (name === 'ℓ') return formula(name, '\\ell');
  const indexed = /^([a-zA-Z])(\d+)$/.exec(name);
  if (indexed) return formula(name, `{${indexed[1]}_{${indexed[2]}}}`);
  return formula(name, name.length === 1 ? name : `\\mathrm{${name.replaceAll(/[^A-Za-z0-9]/g, ' ')}}`);
}

/** ∂of/∂by. */
export function partial(of: Formula, by: Formula): Formula {
  return formula(`∂${of.text}/∂${by.text}`, `\\frac{\\partial ${of.latex}}{\\partial ${by.latex}}`);
}

/** left = right. */
export function equation(left: Formula, right: Formula): Formula {
  return formula(`${left.text} = ${right.text}`, `${left.latex} = ${right.latex}`);
}

/** The letter of the loss. */
export const loss = formula('L');

/** An attribute as a number; `instead` where it is none. */
export function numberOf(attribute: unknown, instead: number): number {
  return typeof attribute === 'number' ? attribute : instead;
}

/** A number within a formula: infinities have signs of their own. */
export function constant(number: number): Formula {
  if (Math.abs(number) === Infinity) return number > 0 ? formula('∞', '\\infty') : formula('-∞', '-\\infty');
  const short = String(Number(number.toPrecision(6)));
  const [digits, exponent] = short.split('e');
  return formula(short, exponent ? `${digits} \\cdot 10^{${Number(exponent)}}` : digits);
}
