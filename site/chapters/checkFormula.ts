import type { Verdict } from './check.ts';
import type { FormulaQuestion, FormulaValues } from './formulaValues.ts';
import type { Exercise, FormulaAnswer } from './model.ts';

/** An exercise that is answered by a formula. */
export type FormulaExercise = Exercise & { readonly answer: FormulaAnswer };

/** Computes a formula: in a worker on a page. */
export type AskFormula = (question: FormulaQuestion) => FormulaValues | Promise<FormulaValues>;

/** Looks at a formula that a reader has typed: by its values at several points, and not by its text. */
export async function checkFormula(
  { answer, slips }: FormulaExercise,
  typed: string,
  ask: AskFormula,
): Promise<Verdict> {
  const { points } = answer;
  const given = await ask({ formula: typed, points });
  if (given.kind === 'fault') return { kind: 'faulty', fault: given.fault };
  const { values } = given;
  const right = points.map((at) => [answer.right(at)].flat());
  const odd = values.findIndex((value, index) => value.length !== right[index].length);
  if (odd >= 0) return { kind: 'length', wanted: right[odd].length, got: values[odd].length };
  if (areNear(values, right)) return { kind: 'right' };
  for (const { given, remark } of slips) {
    const wrong = await ask({ formula: String(given()), points });
    if (wrong.kind === 'values' && areNear(values, wrong.values)) return { kind: 'wrong', remark };
  }
  return { kind: 'wrong' };
}

/** Whether all numbers agree, to six digits. */
const areNear = (given: readonly (readonly number[])[], wanted: readonly (readonly number[])[]): boolean =>
  given.every(
    (list, at) =>
      list.length === wanted[at].length &&
      list.every((number, index) => {
        const other = wanted[at][index];
        return Math.abs(number - other) <= 1e-6 * Math.max(1, Math.abs(other));
      }),
  );
