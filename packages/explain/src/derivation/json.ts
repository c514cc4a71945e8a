import { encodePlain } from '../json/encoding.ts';
import type { Explanation } from './explanation.ts';

/**
 * The derivation as JSON, with all digits of all numbers. The numbers that JSON does not know are written as strings:
 * "NaN", "Infinity", "-Infinity", "-0", as `toJson` writes them.
 */
export function explanationToJson(explanation: Explanation): string {
  return JSON.stringify({ format: 'tapegrad-explanation', version: 1, explanation: encodePlain(explanation) });
}
