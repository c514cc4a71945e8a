import type { Field, ValuesOf } from '../../address/fields.ts';

/** No address is longer than browsers take it. */
const longest = 1000;

/** A text of whatever signs. */
const textField = (initial: string): Field<string> => ({
  initial,
  read: (text) => (text.length <= longest ? text : undefined),
  write: String,
});

/** What was typed for each name, written `x=2|w=1, 2; 3, 4`. */
export const namedField = (initial: Readonly<Record<string, string>>): Field<Readonly<Record<string, string>>> => ({
  initial,
  read: (text) => {
    if (text.length > 2 * longest) return undefined;
    const parts = text.split('|').filter((part) => part !== '');
    const named = parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]);
    return named.every(([name]) => name !== '') && parts.every((part) => part.includes('='))
      ? Object.fromEntries(named)
      : undefined;
  },
  write: (values) =>
    Object.entries(values)
      .map(([name, text]) => `${name}=${text.replaceAll('|', '')}`)
      .join('|'),
});

export const fields = {
  expression: textField('x * exp(x)'),
  values: namedField({ x: '2' }),
  /** Where the walk is: `f2`, `b0`; `turn` is where it turns. */
  at: {
    initial: 'turn',
    read: (text) => (/^([fb]\d{1,3}|turn)$/.test(text) ? text : undefined),
    write: String,
  } satisfies Field<string>,
};

export type ExpressionValues = ValuesOf<typeof fields>;
