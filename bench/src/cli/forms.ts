/** An option of the command line: what it is for, and how its text is read. `read` throws what is wanted instead. */
export interface OptionForm<Value> {
  /** What stands for its value in the help, such as `<count>`; none for an option that is only there or not. */
  readonly placeholder?: string;
  readonly about: string;
  readonly read: (text: string) => Value;
}

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new Error(`a whole number ${range}`);
  };
}

export function seconds(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number) && number >= 0) return number;
  throw new Error('a number of seconds of at least 0');
}

export function oneOf<Name extends string>(names: readonly Name[]): (text: string) => Name {
  return (text) => {
    const known = names.find((name) => name === text);
    if (known) return known;
    throw new Error(`one of ${names.join(', ')}`);
  };
}

export function someOf<Name extends string>(names: readonly Name[]): (text: string) => readonly Name[] {
  const one = oneOf(names);
  return (text) => {
    try {
      return text.split(',').map((name) => one(name.trim()));
    } catch {
      throw new Error(`a list, with commas, of ${names.join(', ')}`);
    }
  };
}

export function paths(text: string): readonly string[] {
  const found = text.split(',').map((path) => path.trim());
  if (found.every((path) => path !== '')) return found;
  throw new Error('paths, with commas between them');
}

export const text = (given: string): string => given;
export const flag = (): true => true;
