import { constant, type Formula, formula } from '@tapegrad/core/formulas';
import type { NumbersDescription } from '../description/description.ts';
import { instantiate, type Replacement, rightSide } from '../formulas/instantiate.ts';
import { formatNumber } from '../notation/numbers.ts';

/** How many numbers a tensor may have, so that it is put into a formula. */
const most = 4;

/** What the letters of a formula stand for, in numbers. */
export interface Meaning {
  readonly letter: Formula;
  readonly numbers: NumbersDescription;
}

/**
 * The right side of a formula with numbers for its letters; `null` where these are many, where the formula has
 * several parts, or where the numbers stand there already.
 *
 * @param names what the letters are replaced by otherwise
 */
export function numbersPutIn(
  general: Formula,
  names: readonly Replacement[],
  meanings: readonly Meaning[],
): Formula | null {
  const right = rightSide(general);
  if (right === null) return null;
  const replacements: Replacement[] = [];
  for (const { letter, numbers } of meanings) {
    const by = shortNumbers(numbers);
    // What does not occur in the formula may be as large as it likes.
    const mark = formula('?', '?');
    const occurs = instantiate(right, [{ letter, by: mark }]).text !== right.text;
    if (by === null && occurs) return null;
    if (by !== null) replacements.push({ letter, by });
  }
  const inNumbers = instantiate(right, replacements);
  // Constants are called by their numbers already.
  return inNumbers.text === instantiate(right, names).text ? null : inNumbers;
}

/** Few numbers as they stand in a formula: one of them bare, more in a row; `null` for many, or none. */
export function shortNumbers({ shape, size, numbers }: NumbersDescription): Formula | null {
  if (size === 0 || size > most || numbers.length < size || shape.length > 1) return null;
  const all = numbers.map((number) => ({ text: formatNumber(number === 0 ? 0 : number), latex: rounded(number) }));
  if (shape.length === 0) {
    const [{ text, latex }] = all;
    return numbers[0] < 0 ? formula(`(${text})`, `(${latex})`) : formula(text, latex);
  }
  return formula(
    `[${all.map(({ text }) => text).join(', ')}]`,
    `\\begin{bmatrix} ${all.map(({ latex }) => latex).join(' & ')} \\end{bmatrix}`,
  );
}

/** A number as LaTeX, with as many digits as in the text. */
export function rounded(number: number): string {
  if (Number.isNaN(number)) return '\\mathrm{NaN}';
  return Number.isFinite(number)
    ? constant(Number(formatNumber(number === 0 ? 0 : number))).latex
    : constant(number).latex;
}
