import { ValueError } from '@tapegrad/core';
import { kindOf } from '@tapegrad/core/authors';

/** @throws ValueError unless `least` ≤ `value` ≤ `most` */
export function checkRange(operation: string, name: string, value: number, least: number, most: number): void {
  if (typeof value === 'number' && value >= least && value <= most) return;
  throw outOfRange(operation, name, value, `a number from ${least} to ${most}`);
}

/** @throws ValueError unless it is a whole number from `least` to `most` */
export function checkWhole(operation: string, name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw outOfRange(operation, name, value, `a whole number from ${least} to ${most}`);
}

/** A range of its own, or from `-by` to `by` around `middle`. @throws ValueError when it runs backwards or out of bounds */
export function rangeAround(
  operation: string,
  name: string,
  given: number | readonly [number, number],
  middle: number,
  [least, most]: readonly [number, number],
): readonly [from: number, to: number] {
  if (typeof given !== 'number' && !Array.isArray(given))
    throw outOfRange(operation, name, kindOf(given), 'a number, or a list of two');
  const [from, to] = typeof given === 'number' ? [Math.max(least, middle - given), middle + given] : given;
  checkRange(operation, name, from, least, most);
  checkRange(operation, name, to, from, most);
  return [from, to];
}

export function outOfRange(operation: string, name: string, value: unknown, wanted: string): ValueError {
  return new ValueError({ operation, got: `${name} is ${value}`, wanted, remedy: 'Leave it smaller, or out' });
}
