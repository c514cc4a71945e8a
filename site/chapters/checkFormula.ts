import type { Verdict } from './check.ts';
import type { Exercise, FormulaAnswer, Point } from './model.ts';

/** An exercise that is answered by a formula. */
export type FormulaExercise = Exercise & { readonly answer: FormulaAnswer };

type Language = typeof import('./language.ts');

/** Looks at a formula that a reader has typed: by its values at several points, and not by its text. */
export async function checkFormula({ answer, slips }: FormulaExercise, typed: string): Promise<Verdict> {
  const language = await import('./language.ts');
  const right = answer.points.map((at) => [answer.right(at)].flat());
  try {
    const values = valuesOf(language, typed, answer.points);
    const odd = values.findIndex((value, index) => value.length !== right[index].length);
    if (odd >= 0) return { kind: 'length', wanted: right[odd].length, got: values[odd].length };
    if (areNear(values, right)) return { kind: 'right' };
    const slip = slips.find(({ given }) => areNear(values, valuesOf(language, String(given()), answer.points)));
    return { kind: 'wrong', remark: slip?.remark };
  } catch (error) {
    if (!(error instanceof language.ExpressionError)) throw error;
    const [en, zh] = (['en', 'zh'] as const).map((spoken) => {
      const { text, original } = language.faultInWords(error, spoken);
      return original === null ? text : `${text} ${original}`;
    });
    return { kind: 'faulty', fault: { en, zh } };
  }
}

/** The values of a formula at the points, each as a list. */
function valuesOf(
  { evaluateExpression, readExpression }: Language,
  text: string,
  points: readonly Point[],
): number[][] {
  const expression = readExpression(text);
  return points.map((at) => Array.from(evaluateExpression(expression, at).toFlatArray()));
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
