import { kindOf } from '@tapegrad/core/authors';
import { ExpressionError } from '../errors/expressionError.ts';
import type { Span } from '../syntax/tree.ts';

/** The error of a part that gives no numbers, where numbers are computed with. */
export function notNumbers(value: unknown, span: Span, text: string): ExpressionError {
  const got = kindOf(value);
  return new ExpressionError({
    operation: 'expression',
    got: `${shown(text, span)} gives ${got}`,
    wanted: 'numbers',
    remedy: 'Name a part of what a function gives, as in topK(x, k=2).values; texts and truth values are for options',
    text,
    span,
    fault: { kind: 'notNumbers', got },
  });
}

/** A part of a text as an error shows it. */
export function shown(text: string, { start, end }: Span): string {
  const part = text.slice(start, end);
  return part.length > 40 ? `${part.slice(0, 40)}…` : part;
}
