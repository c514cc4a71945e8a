/*
 * JSON knows no NaN, no infinities and no -0. They are written as the strings "NaN", "Infinity", "-Infinity" and "-0"; all
 * other numbers are written with as many digits as it takes to read the same float64 again.
 *
 * Where a string may stand as well, among the options of an op, a string that looks like one of these gets an
 * apostrophe in front, and so does one that looks like these with apostrophes: "'NaN" is the string NaN.
 */

const names = ['NaN', 'Infinity', '-Infinity', '-0'];
const looksLikeNumber = /^'*(NaN|-?Infinity|-0)$/;

/** A number, or the string that stands for it. */
export type EncodedNumber = number | string;

export function encodeNumber(x: number): EncodedNumber {
  return Number.isFinite(x) && !Object.is(x, -0) ? x : Object.is(x, -0) ? '-0' : String(x);
}

/** The number that was encoded; `undefined` if it is none. */
export function decodeNumber(encoded: unknown): number | undefined {
  if (typeof encoded === 'number') return encoded;
  return typeof encoded === 'string' && names.includes(encoded) ? Number(encoded) : undefined;
}

/** Numbers, strings, booleans, `null`, lists and objects, ready for JSON. */
export function encodePlain(value: unknown): unknown {
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'string') return looksLikeNumber.test(value) ? `'${value}` : value;
  if (Array.isArray(value)) return value.map(encodePlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, encodePlain(item)]));
}

/** What {@link encodePlain} was given. */
export function decodePlain(encoded: unknown): unknown {
  if (typeof encoded === 'string') return decodeNumber(encoded) ?? encoded.replace(/^'(?='*(NaN|-?Infinity|-0)$)/, '');
  if (Array.isArray(encoded)) return encoded.map(decodePlain);
  if (typeof encoded !== 'object' || encoded === null) return encoded;
  return Object.fromEntries(Object.entries(encoded).map(([name, item]) => [name, decodePlain(item)]));
}
