import { ExpressionError, evaluateExpression, faultInWords, readExpression } from '@tapegrad/expression';
import type { Point, Words } from './model.ts';

/** A formula and where it is to be looked at. */
export interface FormulaQuestion {
  readonly formula: string;
  readonly points: readonly Point[];
}

/** The values of a formula at the points, each as a list; or what is wrong with it. */
export type FormulaValues =
  | { readonly kind: 'values'; readonly values: readonly (readonly number[])[] }
  | { readonly kind: 'fault'; readonly fault: Words };

/** Reads and computes a formula in the Lab's language. All ops and losses come with it: a page has a worker for it. */
export function formulaValues({ formula, points }: FormulaQuestion): FormulaValues {
  try {
    const expression = readExpression(formula);
    const values = points.map((at) => Array.from(evaluateExpression(expression, at).toFlatArray()));
    return { kind: 'values', values };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const said = (language: 'en' | 'zh'): string => {
      const { text, original } = faultInWords(error, language);
      return original === null ? text : `${text} ${original}`;
    };
    return { kind: 'fault', fault: { en: said('en'), zh: said('zh') } };
  }
}
