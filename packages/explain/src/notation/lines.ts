/*
 * Names come from people, and may hold anything. Here they become something that stands on one line and that XML, DOT and
 * Mermaid can hold.
 */

/** Control characters, halves of pairs, line ends, what turns the direction of writing, and what XML forbids. */
const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu;

/** The same text on one line: what cannot be printed is written as its code, `\u{a}` for the end of a line. */
export function onOneLine(text: string): string {
  return text.replace(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** How many columns a text takes in letters of one width; letters of East Asia and pictures take two. */
export function columns(text: string): number {
  let sum = 0;
  for (const character of text) sum += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  return sum;
}

/** The text, or its beginning and `…` where it takes more than `most` columns. */
export function shorten(text: string, most: number): string {
  if (columns(text) <= most) return text;
  let kept = '';
  let sum = 1;
  for (const character of text) {
    sum += columns(character);
    if (sum > most) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Generous: all scripts from Hangul on, but for a few narrow blocks of symbols, which are in use here. */
function isWide(code: number): boolean {
  return code >= 0x1100 && !(code >= 0x1e00 && code <= 0x22ff);
}
