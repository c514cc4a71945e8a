import { ValueError } from '@tapegrad/core';
import { shorten } from '../notation/lines.ts';
import { decodeNumber } from './encoding.ts';

/*
 * Checks of data that comes from outside. Each gets the path of what it looks at, `steps[3].value.shape`, for its error.
 */

/** The error for what is not what it should be. */
export function wrong(path: string, got: unknown, wanted: string): ValueError {
  return new ValueError({
    operation: 'fromJson',
    got: `${path} is ${got === undefined ? 'missing' : shorten(JSON.stringify(got), 60)}`,
    wanted,
    remedy: 'Read what `toJson` wrote',
  });
}

export type Fields = Readonly<Record<string, unknown>>;

export function asObject(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path, value, 'an object');
  return value as Fields;
}

/** One field of an object, never one that objects inherit. */
export function field(object: Fields, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

export function asList<Item>(value: unknown, path: string, read: (item: unknown, path: string) => Item): Item[] {
  if (!Array.isArray(value)) throw wrong(path, value, 'a list');
  return value.map((item, index) => read(item, `${path}[${index}]`));
}

export function asText(value: unknown, path: string): string {
  if (typeof value !== 'string') throw wrong(path, value, 'a string');
  return value;
}

export function asBoolean(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') throw wrong(path, value, 'true or false');
  return value;
}

export function asNumber(value: unknown, path: string): number {
  const number = decodeNumber(value);
  if (number === undefined) throw wrong(path, value, 'a number, "NaN", "Infinity", "-Infinity" or "-0"');
  return number;
}

/** A whole number from 0 to below `end`. */
export function asWhole(value: unknown, path: string, end = Infinity, what = 'a whole number of at least 0'): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value >= end) {
    throw wrong(path, value, what);
  }
  return value;
}

export function orNull<Value>(
  value: unknown,
  path: string,
  read: (value: unknown, path: string) => Value,
): Value | null {
  return value === null ? null : read(value, path);
}
