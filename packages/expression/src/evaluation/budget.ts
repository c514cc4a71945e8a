import { Tensor } from '@tapegrad/core';
import { ExpressionError } from '../errors/expressionError.ts';
import { limits } from '../syntax/limits.ts';
import type { Span } from '../syntax/tree.ts';

/**
 * Looks at all that the ops of an expression give, and says where it is too much: too many ops, too many numbers in one value, too long.
 * Numbers are computed here, one op at a time, so that the time of each is known before the next begins.
 *
 * @param until when all of it should be done, in milliseconds as `performance.now()` counts them
 */
export function budgetOf(text: string, until: number): (result: unknown, span: Span) => void {
  let steps = 0;
  return (result, span) => {
    steps++;
    if (steps > limits.steps) {
      throw new ExpressionError({
        operation: 'expression',
        got: `more than ${limits.steps} ops`,
        wanted: `at most ${limits.steps}`,
        remedy: 'Look at a part of it',
        text,
        span,
        fault: { kind: 'tooManySteps', most: limits.steps },
      });
    }
    const tensors = tensorsIn(result);
    for (const { size } of tensors) checkNumbers(text, span, size);
    for (const x of tensors) x.read();
    if (performance.now() > until) {
      throw new ExpressionError({
        operation: 'expression',
        got: `more than ${limits.seconds} seconds`,
        wanted: 'less',
        remedy: 'Take smaller arrays, or look at a part of it',
        text,
        span,
        fault: { kind: 'tooSlow', seconds: limits.seconds },
      });
    }
  };
}

/** Throws an ExpressionError where a value would hold more numbers than may be. */
export function checkNumbers(text: string, span: Span, count: number): void {
  if (count <= limits.numbers) return;
  throw new ExpressionError({
    operation: 'expression',
    got: `a value of ${count} numbers`,
    wanted: `at most ${limits.numbers}`,
    remedy: 'Take smaller arrays',
    text,
    span,
    fault: { kind: 'tooManyNumbers', count, most: limits.numbers },
  });
}

/** The tensors that a function gave: one, a list, or several by name. */
function tensorsIn(result: unknown): Tensor[] {
  if (result instanceof Tensor) return [result];
  if (typeof result !== 'object' || result === null || ArrayBuffer.isView(result)) return [];
  return Object.values(result).filter((part): part is Tensor => part instanceof Tensor);
}
