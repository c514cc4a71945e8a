import { MalformedCase, Unsupported } from './outcome.ts';
import { isNumberList, isRecord, isWholeList } from './unknown.ts';

/**
 * The options of an op, by name. It remembers which were asked for: an option that an adapter does not know must not be
 * passed over in silence, so {@link checkAllRead} reports it as not there yet.
 */
export class Attributes {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #read = new Set<string>();

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  /** The raw value; `undefined` when it is not set or null. */
  raw(name: string): unknown {
    this.#read.add(name);
    return this.#values[name] ?? undefined;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined && this.#values[name] !== null;
  }

  /** Marks options that say nothing about the result as known. */
  informational(...names: readonly string[]): void {
    for (const name of names) this.#read.add(name);
  }

  /** A number; `"Infinity"`, `"-Infinity"` and `"NaN"` are numbers too. */
  number(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' ? Number(value) : value;
    if (typeof number !== 'number' || (Number.isNaN(number) && value !== 'NaN')) throw this.wrong(name, 'a number');
    return number;
  }

  /** A yes or no, also as 1 or 0. */
  flag(name: string, fallback = false): boolean {
    const value = this.raw(name) ?? fallback;
    if (value === true || value === 1) return true;
    if (value === false || value === 0) return false;
    throw this.wrong(name, 'true or false');
  }

  text(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'string') return value;
    throw this.wrong(name, 'a text');
  }

  /** One of the given texts; another one is an option that is not there yet. */
  choice<Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice {
    const value = this.text(name) ?? fallback;
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) throw new Unsupported(`option ${name} = ${JSON.stringify(value)}`);
    return chosen;
  }

  /** Whole numbers; a single one counts as a list of one. */
  wholes(name: string): readonly number[] | undefined {
    const value = this.raw(name);
    const list = typeof value === 'number' ? [value] : value;
    if (list === undefined || isWholeList(list)) return list;
    throw this.wrong(name, 'whole numbers');
  }

  numbers(name: string): readonly number[] | undefined {
    const value = this.raw(name);
    if (value === undefined || isNumberList(value)) return value;
    throw this.wrong(name, 'numbers');
  }

  /** Values by name, such as overrides by parameter. */
  record(name: string): Readonly<Record<string, unknown>> {
    const value = this.raw(name) ?? {};
    if (isRecord(value)) return value;
    throw this.wrong(name, 'values by name');
  }

  wrong(name: string, wanted: string): MalformedCase {
    return new MalformedCase(`${name} is ${JSON.stringify(this.#values[name])}, not ${wanted}`);
  }

  /** Throws Unsupported, naming the options that were set but never asked for. */
  checkAllRead(): void {
    const unread = Object.keys(this.#values).filter((name) => !this.#read.has(name));
    if (unread.length === 0) return;
    const listed = unread.map((name) => `${name} = ${JSON.stringify(this.#values[name])}`);
    throw new Unsupported(`option ${listed.join(', ')}`);
  }
}
