import { surplusArgument } from './refusals.ts';

/**
 * Refuses arguments behind the last parameter: nobody reads them, so that an option of a function that has none would change
 * nothing, without a word. A function takes them as `...surplus: []`, which no caller in TypeScript can fill.
 *
 * What the methods of arrays add, an index and the list, is let through: `xs.map(relu)`.
 *
 * @param operation what was called, as users write it
 * @throws ValueError when there are any
 */
export function checkSurplus(operation: string, surplus: readonly unknown[]): void {
  if (surplus.length > 0 && !isOfArrayMethod(surplus)) throw surplusArgument(operation, surplus[0]);
}

function isOfArrayMethod({ length, 0: index, 1: list }: readonly unknown[]): boolean {
  return length === 2 && typeof index === 'number' && Array.isArray(list) && index in list;
}
