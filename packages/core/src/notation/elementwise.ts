import { equation, type Formula, formula, letter, loss, partial } from './formula.ts';
import type { StepFormulas } from './stepFormulas.ts';

/** An op that works element by element: the value, and the slope by each input. */
export interface Elementwise {
  /** The letter of the output; y unless told otherwise. */
  readonly output?: string;
  /** The right side of the formula of the output. */
  readonly value: Formula;
  /** The right side of the slope by each input; `null` where it has no gradient. */
  readonly slopes: Readonly<Record<string, Formula | null>>;
  readonly inWords: string;
}

/**
 * The formulas of an op that works element by element: its Jacobian is a diagonal of slopes, so the vector–Jacobian
 * product is the cotangent times the slope, for each element.
 */
export function elementwise({ output = 'y', value, slopes, inWords }: Elementwise): StepFormulas {
  const [y, cotangent] = [letter(output), cotangentLetter(Object.keys(slopes))];
  const inputs = Object.entries(slopes).map(([name, slope]) => {
    if (slope === null) return [name, null] as const;
    const x = letter(name);
    const derivative = equation(partial(y, x), slope);
    return [name, { derivative, product: equation(partial(loss, x), times(formula(cotangent), slope)) }] as const;
  });
  return {
    output,
    cotangent,
    value: equation(y, value),
    isElementwise: true,
    inputs: Object.fromEntries(inputs),
    inWords,
  };
}

/** g, or h where an input is called g already. */
export function cotangentLetter(inputs: readonly string[]): string {
  return inputs.includes('g') ? 'h' : 'g';
}

/** g·slope, without a factor of 1 and with brackets where they are needed. */
function times(g: Formula, slope: Formula): Formula {
  if (slope.text === '1') return g;
  if (slope.text === '-1') return formula(`-${g.text}`, `-${g.latex}`);
  const isAtom = /^[\p{L}\d.]+$/u.test(slope.text) || /^[\p{L}]+\([^()]*\)$/u.test(slope.text);
  if (isAtom) return formula(`${g.text}·${slope.text}`, `${g.latex} \\cdot ${slope.latex}`);
  return formula(`${g.text}·(${slope.text})`, `${g.latex} \\cdot \\left( ${slope.latex} \\right)`);
}
