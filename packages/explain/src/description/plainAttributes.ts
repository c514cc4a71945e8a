import type { Attributes } from '@tapegrad/core';

/** How many lists and objects may stand within each other; options of ops have two or three. */
export const deepestAttribute = 32;

/**
 * The options of an op as plain data: numbers, strings, booleans, `null`, lists and objects. Typed arrays become lists, an
 * option that is `undefined` is left out, and what is no data at all, such as a function, becomes its text.
 */
export function plainAttributes(attributes: Attributes): Readonly<Record<string, unknown>> {
  return plainObject(attributes, 1);
}

function plainObject(object: object, depth: number): Readonly<Record<string, unknown>> {
  const present = Object.entries(object).filter(([, value]) => value !== undefined);
  // `fromEntries` makes own properties of all names, of `__proto__` too.
  return Object.fromEntries(present.map(([name, value]) => [name, plain(value, depth)]));
}

function plain(value: unknown, depth: number): unknown {
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  if (value === undefined) return null;
  if (typeof value !== 'object') return asText(value);
  if (depth >= deepestAttribute) return '…';
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  if (isTypedArray(value)) return Array.from(value, (item) => plain(item, depth + 1));
  return isPlainObject(value) ? plainObject(value, depth + 1) : asText(value);
}

/** A function by its name: its source is not worth reading here. */
function asText(value: unknown): string {
  return typeof value === 'function' ? `function ${value.name}`.trim() : String(value);
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isTypedArray(value: object): value is Iterable<unknown> & object {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}
