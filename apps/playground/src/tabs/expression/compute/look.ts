import type { Direction } from '@tapegrad/explain';
import {
  type Expression,
  ExpressionError,
  type ExpressionStudy,
  numbersOf,
  readExpression,
  studyExpression,
} from '@tapegrad/expression';
import { firstValue } from '../firstValue.ts';
import { type Drawing, drawTape } from './drawing.ts';

/** What the page asks: an expression, and what was typed for each name. */
export interface Question {
  readonly expression: string;
  readonly values: Readonly<Record<string, string>>;
  /** Which way the tape runs in the picture. */
  readonly direction: Direction;
}

/** What is wrong, as data: the class of an error has no way through to the page. */
export interface Complaint {
  /** Which text it is about: the expression, or what was typed for a name. */
  readonly about: 'expression' | 'value';
  /** The name whose value it is. */
  readonly name: string | undefined;
  readonly error: Pick<ExpressionError, 'fault' | 'operation' | 'got' | 'wanted' | 'remedy' | 'text' | 'start' | 'end'>;
}

/** The names of the expression, and the tape, or why there is none. */
export type Look = {
  readonly names: readonly string[];
} & (
  | { readonly kind: 'tape'; readonly study: ExpressionStudy; readonly drawing: Drawing }
  | { readonly kind: 'complaint'; readonly complaint: Complaint }
);

/** Reads the expression and the values, computes all that is to be seen of them, and draws the tape. */
export function look({ expression: text, values: typed, direction }: Question): Look {
  let expression: Expression;
  try {
    expression = readExpression(text);
  } catch (error) {
    return { names: [], ...complain(error, 'expression') };
  }
  const { names } = expression;
  const values: Record<string, ReturnType<typeof numbersOf>> = {};
  for (const name of names) {
    try {
      values[name] = numbersOf(typed[name] ?? firstValue);
    } catch (error) {
      return { names, ...complain(error, 'value', name) };
    }
  }
  try {
    const study = studyExpression(expression, values, { second: true });
    return { names, kind: 'tape', study, drawing: drawTape(study, direction) };
  } catch (error) {
    return { names, ...complain(error, 'expression') };
  }
}

function complain(
  error: unknown,
  about: Complaint['about'],
  name?: string,
): { kind: 'complaint'; complaint: Complaint } {
  if (!(error instanceof ExpressionError)) throw error;
  const { fault, operation, got, wanted, remedy, text, start, end } = error;
  return {
    kind: 'complaint',
    complaint: { about, name, error: { fault, operation, got, wanted, remedy, text, start, end } },
  };
}
