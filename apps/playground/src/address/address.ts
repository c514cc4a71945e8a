/** What the part of an address behind the # says: which tab, and the state of it: `#steps?logits=3,1,-3`. */
export interface Address {
  readonly tab: string;
  readonly state: URLSearchParams;
}

/** Reads the part of an address behind the #, whatever stands there. */
export function readAddress(hash: string): Address {
  const text = hash.replace(/^#/, '');
  const mark = text.indexOf('?');
  const tab = mark < 0 ? text : text.slice(0, mark);
  return { tab, state: new URLSearchParams(mark < 0 ? '' : text.slice(mark + 1)) };
}

/** Writes it; commas stay readable. */
export function writeAddress(tab: string, state: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(state).toString().replaceAll('%2C', ',');
  return text === '' ? `#${tab}` : `#${tab}?${text}`;
}
