import type { Step } from '@tapegrad/core';
import { constant, type Formula, formula } from '@tapegrad/core/formulas';
import { formatNumber } from '../notation/numbers.ts';

/** Names that stand well in a formula, and that KaTeX can write: letters of Western Europe, digits, dots, dashes. */
const writable = /^[A-Za-zÀ-ÖØ-öø-ÿ_][A-Za-zÀ-ÖØ-öø-ÿ0-9_.-]*$/;

/** What formulas use for the loss and for cotangents, and what steps are called. */
const reserved = /^([Lgh]|[uv]\d+)$/;

/**
 * What the values of a tape are called in a derivation: a leaf by its name, a constant that is one short number by that
 * number, everything else by a letter and its index. So are leaves whose name is another's too, or would not be clear in a
 * formula.
 *
 * @param letter v for the tape itself, another one for a chain within
 * @param wanted the indices of what is differentiated by, which are never called by their numbers
 */
export function labelsOf(steps: readonly Step[], letter: string, wanted: ReadonlySet<number>): Formula[] {
  const count = new Map<string, number>();
  for (const { name } of steps) if (name) count.set(name, (count.get(name) ?? 0) + 1);
  return steps.map((step) => {
    const { index, name } = step;
    const numbered = formula(`${letter}${index}`, `${letter}_{${index}}`);
    if (!name) return (wanted.has(index) ? null : ownNumber(step)) ?? numbered;
    const isClear = count.get(name) === 1 && !reserved.test(name) && writable.test(name);
    return isClear ? formula(name, uprightName(name)) : numbered;
  });
}

/** The number of a constant like the 2 of `multiply(x, 2)`, where five digits are all of it. */
function ownNumber({ operation, output }: Step): Formula | null {
  if (operation !== 'constant' || output.rank !== 0) return null;
  const number = output.item();
  const text = formatNumber(number);
  const read = output.dtype === 'float32' ? Math.fround(Number(text)) : Number(text);
  return Number.isFinite(number) && read === number ? inBrackets(number, text, constant(number).latex) : null;
}

function inBrackets(number: number, text: string, latex: string): Formula {
  return number < 0 ? formula(`(${text})`, `(${latex})`) : formula(text, latex);
}

/** Letters, digits and dots in \mathrm, which knows nothing else. */
function uprightName(name: string): string {
  if (/^[A-Za-z]$/.test(name)) return name;
  if (/^[A-Za-z0-9.]+$/.test(name)) return `\\mathrm{${name}}`;
  return `\\text{${name.replaceAll('_', '\\_')}}`;
}
