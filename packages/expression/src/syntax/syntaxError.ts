import { ExpressionError, type Wanted } from '../errors/expressionError.ts';
import type { ParserError } from './parser.ts';

/** Whether a text did not follow the grammar; everything else that is thrown is a bug. */
export function isParserError(error: unknown): error is ParserError {
  return error instanceof Error && 'expected' in error && 'found' in error && 'location' in error;
}

/** The error of a text that does not follow the grammar: the position, what stood there, what was wanted, and the way out. */
export function syntaxError(text: string, signs: string, { expected, found, location }: ParserError): ExpressionError {
  const at = location.start.offset;
  const wanted = wantedAt(expected ?? []);
  const span = { start: at, end: found === null ? at : at + 1 };
  const open = found === null ? lastOpen(signs) : undefined;
  if (open !== undefined && wanted.includes(open.closing)) {
    return new ExpressionError({
      operation: 'expression',
      got: `the ${signs[open.at]} at position ${open.at + 1} is never closed`,
      wanted: `a ${open.closing} behind it`,
      remedy: `Close it: ${open.closing}`,
      text,
      span: { start: open.at, end: open.at + 1 },
      fault: { kind: 'unclosed', bracket: signs[open.at] },
    });
  }
  if (found === '=' && signs[at + 1] !== '=') {
    return new ExpressionError({
      operation: 'expression',
      got: `= at position ${at + 1}`,
      wanted: 'an expression, not an equation',
      remedy:
        'Write the right side alone; two numbers are compared by ==, and an option of a function stands in its brackets',
      text,
      span,
      fault: { kind: 'equation', found },
    });
  }
  if (found === '"' || found === "'") {
    return new ExpressionError({
      operation: 'expression',
      got: `the ${found} at position ${at + 1} is never closed`,
      wanted: `another ${found} behind it`,
      remedy: 'Texts are for options, as in padding="same"; close it, or leave it out',
      text,
      span: { start: at, end: text.length },
      fault: { kind: 'unclosed', bracket: found },
    });
  }
  const sides = sidesOfProduct(signs, at);
  if (sides !== undefined && wanted.includes('operator')) {
    const [before, after] = sides;
    return new ExpressionError({
      operation: 'expression',
      got: `${written(text, at)} right behind ${JSON.stringify(signs.slice(0, at).trimEnd().at(-1))}, at position ${at + 1}`,
      wanted: 'an operator between them',
      remedy: `Write a product with a star: ${before} * ${after}`,
      text,
      span,
      fault: { kind: 'product', before, after },
    });
  }
  return new ExpressionError({
    operation: 'expression',
    got: found === null ? 'the end of the text' : `${written(text, at)} at position ${at + 1}`,
    wanted: listed(wanted.map((one) => names[one])),
    remedy:
      found === null ? 'Write what is missing at the end' : 'Look at what stands before it, and close what was opened',
    text,
    span,
    fault: { kind: 'sign', found: found === null ? null : text[at], wanted },
  });
}

/** What stands on both sides where a sign for the product was left out, as in `2x` and `(a)(b)`. */
function sidesOfProduct(signs: string, at: number): [before: string, after: string] | undefined {
  const [before] = /(?:[\p{L}\d_.]+|[)\]])$/u.exec(signs.slice(0, at).trimEnd()) ?? [];
  const [after] = /^(?:[\p{L}\d_.]+|[([])/u.exec(signs.slice(at)) ?? [];
  if (before === undefined || after === undefined) return undefined;
  return [/[)\]]/.test(before) ? '(…)' : before, /[([]/.test(after) ? '(…)' : after];
}

const written = (text: string, at: number): string => JSON.stringify(text[at]);

/** What the parser expected, in the order in which people think of it. What may always stand there (a space, `x²`) is left out. */
function wantedAt(expected: NonNullable<ParserError['expected']>): Wanted[] {
  const found = new Set<Wanted>(expected.flatMap(wantedOf));
  // Behind an operand brackets would open an index or a call, and = make an option of it: true, and of no help.
  if (found.has('operator')) for (const one of ['[', '(', '='] as const) found.delete(one);
  return (Object.keys(names) as Wanted[]).filter((one) => found.has(one));
}

function wantedOf({ type, description, text }: NonNullable<ParserError['expected']>[number]): Wanted[] {
  if (type === 'end') return ['end'];
  const known = type === 'other' ? described[description ?? ''] : type === 'literal' ? text : undefined;
  return known !== undefined && known in names ? [known as Wanted] : [];
}

const described: Readonly<Record<string, Wanted>> = {
  'a number': 'number',
  'a name': 'name',
  'a text': 'text',
  'an operator': 'operator',
};

const names: Readonly<Record<Wanted, string>> = {
  number: 'a number',
  name: 'a name',
  operator: 'an operator',
  '(': '(',
  '[': '[',
  ')': ')',
  ']': ']',
  ',': 'a comma',
  ';': 'a semicolon',
  '=': '=',
  text: 'a text in quotes',
  end: 'the end',
};

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? 'nothing') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** The last bracket that is open at the end of a text. */
function lastOpen(signs: string): { readonly at: number; readonly closing: ')' | ']' } | undefined {
  const open: number[] = [];
  for (let at = 0; at < signs.length; at++) {
    if (signs[at] === '(' || signs[at] === '[') open.push(at);
    else if (signs[at] === ')' || signs[at] === ']') open.pop();
  }
  const at = open.at(-1);
  return at === undefined ? undefined : { at, closing: signs[at] === '(' ? ')' : ']' };
}
