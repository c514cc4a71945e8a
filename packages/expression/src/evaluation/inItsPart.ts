import { TapegradError } from '@tapegrad/core';
import { ExpressionError } from '../errors/expressionError.ts';
import type { Span } from '../syntax/tree.ts';
import type { Scope } from './value.ts';

/** What an op gives, checked against the limits; its own error comes with the part of the text that it belongs to. */
export function inItsPart<Result>(span: Span, { text, check }: Scope, compute: () => Result): Result {
  return withItsPart(span, text, () => {
    const result = compute();
    check(result, span);
    return result;
  });
}

/** What the library gives. Where it refuses what it was given, its own error is thrown with the part of the text that it belongs to. */
export function withItsPart<Result>(span: Span, text: string, compute: () => Result): Result {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ExpressionError || !(error instanceof TapegradError)) throw error;
    const { operation, got, wanted, remedy } = error;
    throw new ExpressionError(
      { operation, got, wanted, remedy, text, span, fault: { kind: 'operation', operation } },
      { cause: error },
    );
  }
}
