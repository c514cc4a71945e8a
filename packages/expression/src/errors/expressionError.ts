import { type ErrorDetails, TapegradError } from '@tapegrad/core';
import type { Span } from '../syntax/tree.ts';

/**
 * What is wrong with an expression, as data: whoever shows it in another language than English has the sign, the name or the
 * limit that it is about.
 */
export type Fault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'sign'; readonly found: string | null; readonly wanted: readonly Wanted[] }
  | { readonly kind: 'unclosed'; readonly bracket: string }
  | { readonly kind: 'product'; readonly before: string; readonly after: string }
  | { readonly kind: 'equation'; readonly found: string }
  | { readonly kind: 'tooLong'; readonly length: number; readonly most: number }
  | { readonly kind: 'tooDeep'; readonly most: number }
  | { readonly kind: 'tooManySteps'; readonly most: number }
  | { readonly kind: 'tooManyNumbers'; readonly count: number; readonly most: number }
  | { readonly kind: 'tooSlow'; readonly seconds: number }
  | { readonly kind: 'unknownName'; readonly name: string; readonly nearest?: string | undefined }
  | { readonly kind: 'unknownFunction'; readonly name: string; readonly nearest?: string | undefined }
  | { readonly kind: 'bareFunction'; readonly name: string }
  | { readonly kind: 'calledValue'; readonly name: string }
  | { readonly kind: 'notNumbers'; readonly got: string }
  | { readonly kind: 'repeatedOption'; readonly name: string }
  | { readonly kind: 'inputBehindOption'; readonly name: string }
  | { readonly kind: 'noMember'; readonly name: string; readonly members: readonly string[] }
  | { readonly kind: 'noItem'; readonly got: string }
  | { readonly kind: 'operation'; readonly operation: string };

/** What could have stood where something else was found. */
export type Wanted = 'number' | 'name' | 'operator' | 'text' | 'end' | '(' | ')' | '[' | ']' | ',' | ';' | '=';

/** What an error of an expression tells besides what every error does. */
export interface ExpressionErrorDetails extends ErrorDetails {
  /** The whole text. */
  readonly text: string;
  /** The part of the text that the error is about. */
  readonly span: Span;
  readonly fault: Fault;
}

/**
 * An expression that cannot be read or computed. It knows the part of the text that it is about: `start` and `end` are positions in
 * `text`, and `fault` says what is wrong as data. Where an op refused its operands, the op's own error is the `cause`.
 */
export class ExpressionError extends TapegradError {
  override readonly name = 'ExpressionError';
  override readonly code = 'EXPRESSION';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly fault: Fault;

  constructor({ text, span, fault, ...details }: ExpressionErrorDetails, options?: ErrorOptions) {
    super(details, options);
    this.text = text;
    this.start = span.start;
    this.end = span.end;
    this.fault = fault;
  }
}
