import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** The languages of the page. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** What is said, in each language: the same words in both, or it does not compile. */
export interface Bilingual<Words> {
  readonly en: Words;
  readonly zh: NoInfer<Words>;
}

/** Puts words of two languages side by side; the English ones say which there are. */
export function bilingual<Words>(words: Bilingual<Words>): Bilingual<Words> {
  return words;
}

export const LanguageContext = createContext<Language>('en');

/** The words in the language of the page. */
export function useWords<Words>(words: Bilingual<Words>): Words {
  return words[useContext(LanguageContext)];
}

/** The language that somebody's browser prefers, of those we have. */
export function preferredLanguage(preferred: readonly string[]): Language {
  const known = preferred.map((tag) => tag.toLowerCase().split('-')[0]);
  return languages.find((language) => known.find((tag) => languages.some((one) => one === tag)) === language) ?? 'en';
}
