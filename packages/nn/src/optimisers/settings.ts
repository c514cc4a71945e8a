import { ValueError } from '@tapegrad/core';

/** Throws a ValueError unless a number lies in its range. */
export function checkSetting(operation: string, name: string, value: number, isValid: boolean, wanted: string): void {
  if (isValid) return;
  throw new ValueError({ operation, got: `${name} is ${value}`, wanted, remedy: `Choose another ${name}` });
}

/** The check of numbers that must not be negative, by name. */
export function checkNotNegative(operation: string, numbers: Readonly<Record<string, number>>): void {
  for (const [name, number] of Object.entries(numbers)) {
    checkSetting(operation, name, number, number >= 0, 'a number of at least 0');
  }
}

/** Settings without those that were given as `undefined`, which are as if they had not been given. */
export function definedOf<Settings extends object>(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Settings;
}
