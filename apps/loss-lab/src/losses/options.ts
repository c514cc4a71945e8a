import { type NestedList, ValueError } from '@tapegrad/core';
import type { LogarithmBase, Reduction } from '@tapegrad/nn';
import { readNumber, readNumbers } from '../numbers.ts';

/** One option of a loss: how it is described, and how its text becomes a value. */
export interface OptionForm<Value> {
  readonly description: string;
  /** What stands for its value in the help; an option without one is a switch. */
  readonly placeholder?: string;
  /** Its text when nobody gives it, the default of the loss itself; without one it is left out. */
  readonly standard?: string;
  /** @throws ValueError when the text stands for no such value */
  readonly read: (flag: string, text: string | undefined) => Value;
}

/** A number; what it must lie between, the loss itself checks. */
export function number(description: string, standard: number): OptionForm<number> {
  return {
    description,
    placeholder: '<number>',
    standard: String(standard),
    read: (flag, text) => (text === undefined ? standard : readNumber(flag, text)),
  };
}

/** One of a few values, written as in the source. */
export function oneOf<const Value extends string | number>(
  description: string,
  values: readonly Value[],
): OptionForm<Value> {
  return {
    description: `${description}: ${listed(values)}`,
    placeholder: '<choice>',
    standard: String(values[0]),
    read: (flag, text) => {
      const found = text === undefined ? values[0] : values.find((value) => String(value) === text.trim());
      if (found !== undefined) return found;
      throw new ValueError({
        operation: flag,
        got: JSON.stringify(text),
        wanted: listed(values),
        remedy: `Leave it out for ${values[0]}`,
      });
    },
  };
}

/** Numbers that may be left out, such as one weight for each class. */
export function numbers(description: string, leastRank: 0 | 1 = 1): OptionForm<NestedList | undefined> {
  return {
    description,
    placeholder: '<numbers>',
    read: (flag, text) => (text === undefined ? undefined : readNumbers(flag, text, leastRank)),
  };
}

/** Something that is so when it is said, and not so when it is not. */
export function whether(description: string): OptionForm<boolean> {
  return { description, read: (_, text) => text !== undefined };
}

/** What becomes of one loss for each element or row. */
export const reduction = (): OptionForm<Reduction> => oneOf('what to make of several losses', ['mean', 'sum', 'none']);

/** How much each example counts. */
export const exampleWeight = (): OptionForm<NestedList | undefined> =>
  numbers('one factor for each example; the mean divides by their sum (default: 1 for all)', 0);

/** The unit of an entropy or divergence. */
export const base = (): OptionForm<LogarithmBase> =>
  oneOf('base of the logarithm, nats, bits or decimal digits', ['e', 2, 10]);

/** Rows that do not count. */
export const ignoreIndex = (): OptionForm<number> => number('class index of rows to leave out', -100);

function listed(values: readonly (string | number)[]): string {
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}
