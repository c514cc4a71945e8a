import { ValueError } from '@tapegrad/core';
import { checkOptions, kindOf, wrongKind } from '@tapegrad/core/authors';

/** Throws a ValueError unless something is a number and lies in its range. */
export function checkSetting(operation: string, name: string, value: number, isValid: boolean, wanted: string): void {
  if (isValid && typeof value === 'number') return;
  throw new ValueError({
    operation,
    got: `${name} is ${typeof value === 'number' ? value : kindOf(value)}`,
    wanted,
    remedy: `Choose another ${name}`,
  });
}

/** Throws a DataTypeError unless a setting is a list of as many numbers as its default: one too few would be NaN in each step. */
export function checkLength(operation: string, name: string, value: unknown, example: readonly number[]): void {
  if (Array.isArray(value) && value.length === example.length) return;
  const { length } = example;
  throw wrongKind(operation, name, value, {
    wanted: `a list of ${length} numbers`,
    remedy: `Pass \`${name}: [${example.join(', ')}]\``,
  });
}

/** The check of numbers that must not be negative, by name. */
export function checkNotNegative(operation: string, numbers: Readonly<Record<string, number>>): void {
  for (const [name, number] of Object.entries(numbers)) {
    checkSetting(operation, name, number, typeof number === 'number' && number >= 0, 'a number of at least 0');
  }
}

/** All settings of a kind as they are where they are not given; `undefined` for one that must be given. */
export type Defaults<Settings> = { readonly [Name in keyof Settings]: Settings[Name] | undefined };

/**
 * All settings, from those that were given.
 *
 * @throws ValueError when one is unknown, or one that has no default is missing
 */
export function settingsFrom<Settings>(operation: string, given: object, defaults: Defaults<Settings>): Settings {
  const names = Object.entries(defaults).map(([name, value]) => [
    name,
    value === undefined ? 'required' : `optional${kindOfSetting(value)}`,
  ]);
  return { ...defaults, ...definedOf(checkOptions(operation, given, Object.fromEntries(names))) } as Settings;
}

/** What the requirement of a setting adds, from its default. */
export function kindOfSetting(value: unknown): '' | ' list' | ' flag' {
  if (Array.isArray(value)) return ' list';
  return typeof value === 'boolean' ? ' flag' : '';
}

/** Settings without those that were given as `undefined`, which are as if they had not been given. */
export function definedOf<Settings extends object>(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Settings;
}
