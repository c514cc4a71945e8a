import type { Exercise, NumericAnswer, Words } from './model.ts';

/** What came of an answer: right, not to be read, faulty (as a formula), or wrong, with a remark where the slip is a usual one. */
export type Verdict =
  | { readonly kind: 'right' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'faulty'; readonly fault: Words }
  | { readonly kind: 'length'; readonly wanted: number; readonly got: number }
  | { readonly kind: 'wrong'; readonly remark?: Words };

/** An exercise that is answered by numbers or a choice. */
export type NumericExercise = Exercise & { readonly answer: NumericAnswer };

/** Whether an exercise is answered by numbers or a choice: formulas are checked by `checkFormula`. */
export const isNumeric = (exercise: Exercise): exercise is NumericExercise => exercise.answer.kind !== 'formula';

/** Looks at what a reader has typed, or at the index of what was chosen. */
export function check({ answer, slips }: NumericExercise, typed: string): Verdict {
  const given = answer.kind === 'choice' ? [Number(typed)] : readNumbers(typed);
  if (typed.trim() === '' || given === undefined) return { kind: 'unreadable' };
  const right = rightOf(answer);
  if (given.length !== right.length) {
    const slip = slips.find((slip) => isNear(given, listed(slip.given()), toleranceOf(answer)));
    return slip ? { kind: 'wrong', remark: slip.remark } : { kind: 'length', wanted: right.length, got: given.length };
  }
  if (isNear(given, right, toleranceOf(answer))) return { kind: 'right' };
  const slip = slips.find((slip) => isNear(given, listed(slip.given()), toleranceOf(answer)));
  return { kind: 'wrong', remark: slip?.remark };
}

/** The right answer as a list, of one for a number or a choice. */
export const rightOf = (answer: NumericAnswer): readonly number[] =>
  answer.kind === 'choice' ? [answer.right] : listed(answer.right());

/**
 * The numbers in a text such as `0.5, -1/3 2e-3`, in brackets or not; `undefined` where something else stands there.
 * Fractions are computed, the Chinese comma and the sign − of printed mathematics are read.
 */
export function readNumbers(text: string): number[] | undefined {
  const parts = text
    .replace(/[−–]/g, '-')
    .replace(/[[\]()（）【】]/g, ' ')
    .split(/[\s,，、;；×]+/)
    .filter((part) => part !== '');
  const list = parts.map((part) => {
    const [above, below, ...more] = part.split('/');
    if (more.length > 0 || below === '') return Number.NaN;
    return readNumber(above) / (below === undefined ? 1 : readNumber(below));
  });
  return list.length > 0 && list.every((number) => Number.isFinite(number)) ? list : undefined;
}

const readNumber = (text: string): number =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;

const toleranceOf = (answer: NumericAnswer): number => ('tolerance' in answer ? answer.tolerance : 0);

/** A text is the slip of a formula, and no number. */
const listed = (value: number | readonly number[] | string): readonly number[] =>
  typeof value === 'string' ? [] : [value].flat();

/** Whether all numbers agree, up to the tolerance and a little for the rounding of its own. */
const isNear = (given: readonly number[], wanted: readonly number[], tolerance: number): boolean =>
  given.length === wanted.length && given.every((number, i) => Math.abs(number - wanted[i]) <= tolerance * (1 + 1e-9));
