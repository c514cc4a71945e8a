import { ExpressionError } from '../errors/expressionError.ts';
import { limits } from './limits.ts';
import { childrenOf, type Node, type OptionNode, type Span } from './tree.ts';

/** Throws an ExpressionError where a text is longer than an expression may be. */
export function checkLength(text: string): void {
  if (text.length <= limits.length) return;
  throw new ExpressionError({
    operation: 'expression',
    got: `${text.length} signs`,
    wanted: `at most ${limits.length}`,
    remedy: 'Look at a part of it, or write a program: docs/tape.md shows how',
    text,
    span: { start: limits.length, end: text.length },
    fault: { kind: 'tooLong', length: text.length, most: limits.length },
  });
}

/** Throws an ExpressionError where brackets stand in more brackets than the parser should follow: before it begins. */
export function checkBrackets(text: string, signs: string): void {
  let depth = 0;
  for (let at = 0; at < signs.length; at++) {
    if (signs[at] === '(' || signs[at] === '[') depth++;
    else if (signs[at] === ')' || signs[at] === ']') depth--;
    if (depth > limits.brackets) throw tooDeep('brackets', limits.brackets, text, { start: at, end: at + 1 });
  }
}

/** Throws an ExpressionError where operations stand in more operations than may be; a chain such as 1 + 2 + 3 is as deep as one of its parts. */
export function checkDepth(text: string, tree: Node): void {
  const open: { readonly node: Node | OptionNode; readonly depth: number }[] = [{ node: tree, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    if (depth > limits.operations) throw tooDeep('operations', limits.operations, text, node);
    for (const child of childrenOf(node)) {
      const isChain = node.kind === 'binary' && child === node.left;
      open.push({ node: child, depth: isChain ? depth : depth + 1 });
    }
  }
}

function tooDeep(what: 'brackets' | 'operations', most: number, text: string, { start, end }: Span): ExpressionError {
  return new ExpressionError({
    operation: 'expression',
    got: `${what} within more than ${most} others`,
    wanted: `at most ${most}`,
    remedy: 'Look at a part of it',
    text,
    span: { start, end },
    fault: { kind: 'tooDeep', most },
  });
}
