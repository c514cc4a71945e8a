import { checkSurplus } from '@tapegrad/core/authors';
import { encodePlain } from '../json/encoding.ts';
import type { Explanation } from './explanation.ts';

/**
 * The derivation as JSON, with all digits of all numbers. The numbers that JSON does not know are written as strings:
 * "NaN", "Infinity", "-Infinity", "-0", as `toJson` writes them.
 *
 * @example
 * using tape = new Tape();
 * const explanation = explain(square(tape.watch(tensor(3, { dtype: 'float64' }), 'x')));
 * explanationToJson(explanation).startsWith('{') // true
 */
export function explanationToJson(explanation: Explanation, ...surplus: []): string {
  checkSurplus('explanationToJson', surplus);
  return JSON.stringify({ format: 'tapegrad-explanation', version: 1, explanation: encodePlain(explanation) });
}
