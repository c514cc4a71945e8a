/*
 * The state of a tab lives in the page's address, so that a teacher can share it. Each field knows how it is written
 * there; whatever does not read as a value of the field is as if it were absent, for anybody can write an address.
 */

/** One value of a tab's state. */
export interface Field<Value> {
  readonly initial: Value;
  /** The value that a text stands for; `undefined` where it stands for none. */
  read(text: string): Value | undefined;
  write(value: Value): string;
}

/** Fields by the name they have in the address. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The values of fields. */
export type ValuesOf<Described extends Fields> = {
  readonly [Name in keyof Described]: Described[Name] extends Field<infer Value> ? Value : never;
};

export interface Range {
  readonly from: number;
  readonly to: number;
  /** Whether only whole numbers count. Default: false. */
  readonly isWhole?: boolean;
}

/** A number of a range; what lies beyond is brought to its end. */
export function numberField(initial: number, range: Range): Field<number> {
  return { initial, read: (text) => readNumber(text, range), write: String };
}

/** A list of numbers, written with commas, of at least and at most so many. */
export function numbersField(
  initial: readonly number[],
  range: Range & { readonly atLeast: number; readonly atMost: number },
): Field<readonly number[]> {
  return {
    initial,
    read: (text) => {
      if (text.length > 40 * range.atMost) return undefined;
      const numbers = text === '' ? [] : text.split(',').map((part) => readNumber(part, range));
      if (numbers.length < range.atLeast || numbers.length > range.atMost) return undefined;
      return numbers.every((number) => number !== undefined) ? numbers : undefined;
    },
    write: (numbers) => numbers.join(','),
  };
}

/** One of a few words. */
export function choiceField<Choice extends string>(initial: Choice, choices: readonly Choice[]): Field<Choice> {
  return { initial, read: (text) => choices.find((choice) => choice === text), write: (choice) => choice };
}

/** Some of a few words, written with commas, in the order in which all of them are given. */
export function choicesField<Choice extends string>(
  initial: readonly Choice[],
  choices: readonly Choice[],
): Field<readonly Choice[]> {
  return {
    initial,
    read: (text) => {
      const said = text === '' ? [] : text.split(',');
      if (!said.every((word) => choices.some((choice) => choice === word))) return undefined;
      return choices.filter((choice) => said.includes(choice));
    },
    write: (chosen) => chosen.join(','),
  };
}

/** Yes or no. */
export function flagField(initial: boolean): Field<boolean> {
  return {
    initial,
    read: (text) => (text === '1' ? true : text === '0' ? false : undefined),
    write: (flag) => (flag ? '1' : '0'),
  };
}

/** The values of fields that an address gives; the initial ones where it gives none. */
export function readFields<Described extends Fields>(fields: Described, address: URLSearchParams): ValuesOf<Described> {
  const values = Object.entries(fields).map(([name, field]) => {
    const text = address.get(name);
    return [name, (text === null ? undefined : field.read(text)) ?? field.initial];
  });
  return Object.fromEntries(values) as ValuesOf<Described>;
}

/** Whether an address says anything of these fields. */
export function isSaidIn(address: URLSearchParams, fields: Fields): boolean {
  return Object.keys(fields).some((name) => address.has(name));
}

/** What to write into an address: the values that are not the initial ones. */
export function writeFields<Described extends Fields>(
  fields: Described,
  values: ValuesOf<Described>,
): Record<string, string> {
  const written: Record<string, string> = {};
  for (const [name, field] of Object.entries(fields)) {
    const text = field.write(values[name]);
    if (text !== field.write(field.initial)) written[name] = text;
  }
  return written;
}

function readNumber(text: string, { from, to, isWhole = false }: Range): number | undefined {
  if (!/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(text)) return undefined;
  const number = Number(text);
  if (!Number.isFinite(number) || (isWhole && !Number.isInteger(number))) return undefined;
  return Math.min(Math.max(number, from), to);
}
