import type { NestedList } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import { evaluateExpression } from '../evaluation/evaluateExpression.ts';
import { readValues } from '../syntax/readExpression.ts';

/**
 * The numbers that somebody gives for a name: `2`, `1/3`, `ln(0.7)`, `[[1, 2], [3, 4]]`, or `3, 1, -3` and `1, 2; 3, 4` without brackets.
 *
 * @example numbersOf('1, 2; 3, 4') // [[1, 2], [3, 4]]
 * @throws ExpressionError where the text cannot be read, names something, or its rows are of different lengths
 */
export function numbersOf(text: string, ...surplus: []): NestedList {
  checkSurplus('numbersOf', surplus);
  return evaluateExpression(readValues(text), {}).toList();
}
