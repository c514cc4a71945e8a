import { commandError } from '@tapegrad/core/node';
import { ExpressionError, pointAt } from '@tapegrad/expression';

/** An error as a command line says it; one of an expression with the part of the text that it is about. */
export function inItsOwnWords(error: unknown): string {
  const said = `${commandError(error, {})}\n`;
  if (!(error instanceof ExpressionError)) return said;
  return `${said}${pointAt(error.text, error).replaceAll(/^/gm, '  ')}\n`;
}
