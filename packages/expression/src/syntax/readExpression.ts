import { checkSurplus, checkText } from '@tapegrad/core/authors';
import { ExpressionError } from '../errors/expressionError.ts';
import { namesIn } from './namesIn.ts';
import { parse } from './parser.ts';
import { usualSigns } from './signs.ts';
import { checkBrackets, checkDepth, checkLength } from './sizeChecks.ts';
import { isParserError, syntaxError } from './syntaxError.ts';
import type { Node } from './tree.ts';

/** An expression that was read: its text, its tree, and the names in it that need a value. */
export interface Expression {
  readonly text: string;
  readonly tree: Node;
  /** In the order in which they first occur; functions and constants such as `pi` are not among them. */
  readonly names: readonly string[];
}

/**
 * Reads an expression by the grammar of the language; nothing is computed, and no text is ever run as code.
 *
 * Operators are `+ - * / ^ @ > >= < <= ==`, where `@` is the product of matrices and `^` a power. All ops of `@tapegrad/core` and all
 * losses of `@tapegrad/nn` are functions, with their options by name: `sum(square(w @ x - t), axes=[0])`. Lists are arrays,
 * `[[1, 2], [3, 4]]`. Signs of print are read as well: `×`, `−`, `x²`, `（`.
 *
 * @example readExpression('sum(w @ x)').names // ["w", "x"]
 * @throws ExpressionError where the text does not follow the grammar, saying the position, what stood there, what was wanted and what to
 * do; and where it is longer than 1000 signs, or brackets stand in more than 50 others
 */
export function readExpression(text: string, ...surplus: []): Expression {
  checkSurplus('readExpression', surplus);
  return read('readExpression', text, 'Expression');
}

/**
 * Reads what is given for a name: an expression, or numbers as one lists them, `3, 1, -3` for a list and `1, 2; 3, 4` for rows.
 *
 * @example readValues('1, 2; 3, 4').tree.kind // "list"
 * @throws ExpressionError where the text does not follow the grammar
 */
export function readValues(text: string, ...surplus: []): Expression {
  checkSurplus('readValues', surplus);
  return read('readValues', text, 'Values');
}

function read(operation: string, text: string, startRule: 'Expression' | 'Values'): Expression {
  checkText(operation, 'the expression', text, "Write it in quotes: `'x * exp(x)'`");
  checkLength(text);
  const signs = usualSigns(text);
  if (signs.trim() === '') {
    throw new ExpressionError({
      operation: 'expression',
      got: 'an empty text',
      wanted: 'an expression',
      remedy: 'Write one, such as x * exp(x)',
      text,
      span: { start: 0, end: text.length },
      fault: { kind: 'empty' },
    });
  }
  checkBrackets(text, signs);
  let tree: Node;
  try {
    tree = parse(signs, { startRule });
  } catch (error) {
    if (isParserError(error)) throw syntaxError(text, signs, error);
    throw error;
  }
  checkDepth(text, tree);
  return { text, tree, names: namesIn(tree) };
}
