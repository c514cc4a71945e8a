import { readAddress } from '../address/address.ts';
import { type Language, languages } from '../words/words.ts';
import { type Theme, themes } from './theme.ts';

interface Settings {
  readonly language: Language;
  readonly theme: Theme;
}

const known: { readonly [Name in keyof Settings]: readonly Settings[Name][] } = { language: languages, theme: themes };

/** What the address says of this name, if it does. */
export function said(name: string): string | null {
  return readAddress(location.hash).state.get(name);
}

/** A setting of the reader: what a link says (`&language=zh`), else what was chosen here before. */
export function recall<Name extends keyof Settings>(name: Name): Settings[Name] | undefined {
  const text = said(name) ?? stored(name);
  return known[name].find((value) => value === text);
}

/** Keeps a setting for the next visit, where the browser lets us. */
export function remember<Name extends keyof Settings>(name: Name, value: Settings[Name]): void {
  try {
    localStorage.setItem(`tapegrad.${name}`, value);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

function stored(name: string): string | null {
  try {
    return localStorage.getItem(`tapegrad.${name}`);
  } catch {
    return null;
  }
}
