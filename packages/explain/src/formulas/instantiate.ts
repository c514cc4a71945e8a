import { type Formula, formula } from '@tapegrad/core/formulas';

/** What stands for a letter: its own spelling in a formula, and what to put there. */
export interface Replacement {
  readonly letter: Formula;
  readonly by: Formula;
}

/**
 * A formula with something else for its letters: the names of the values of a tape, or their numbers. All are replaced at
 * once, so that x and y can be exchanged.
 */
export function instantiate(general: Formula, replacements: readonly Replacement[]): Formula {
  const text = new Map(replacements.map(({ letter, by }) => [letter.text, by.text]));
  const latex = new Map(replacements.map(({ letter, by }) => [letter.latex, `{${by.latex}}`]));
  return formula(replaceWords(general.text, text), replaceCommands(general.latex, latex));
}

/** The right side of an equation; `null` where it holds another one. */
export function rightSide({ text, latex }: Formula): Formula | null {
  const [, right, ...more] = text.split(' = ');
  const [, ...rightLatex] = latex.split(' = ');
  return right === undefined || more.length > 0 || rightLatex.length !== 1 ? null : formula(right, rightLatex[0]);
}

/** Words of letters and digits: in `e^x` the x, but not the x of `max` or of `x0`. */
function replaceWords(text: string, by: ReadonlyMap<string, string>): string {
  return text.replaceAll(/ℓ|[A-Za-z][A-Za-z0-9]*/g, (word) => by.get(word) ?? word);
}

/** The same in LaTeX, where words stand in \mathrm, and letters in the names of commands are no letters. */
function replaceCommands(latex: string, by: ReadonlyMap<string, string>): string {
  const whole = /\\mathrm\{[^{}]*\}|\\text\{(?:[^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+|\{[A-Za-z]_\{\d+\}\}|[A-Za-z]+/g;
  return latex.replaceAll(whole, (part) => by.get(part) ?? part);
}
