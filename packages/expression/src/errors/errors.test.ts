import { describe, expect, test } from 'vitest';
import { evaluateExpression } from '../evaluation/evaluateExpression.ts';
import { readExpression } from '../syntax/readExpression.ts';
import { ExpressionError } from './expressionError.ts';
import { faultInWords } from './faultInWords.ts';
import { pointAt } from './pointAt.ts';

test.each([
  ['x * y', 4, 5, 'x * y\n    ^'],
  ['sum(x', 3, 4, 'sum(x\n   ^'],
  ['x *', 3, 3, 'x *\n   ^'],
  ['重量 * y', 5, 6, '重量 * y\n       ^'],
  ['a\nb', 2, 3, 'a b\n  ^'],
])('points at a part of %j', (text, start, end, lines) => {
  expect(pointAt(text, { start, end })).toBe(lines);
});

test('cuts what stands far from the part', () => {
  const [line, mark] = pointAt(`${'a'.repeat(200)}b${'c'.repeat(200)}`, { start: 200, end: 201 }).split('\n');
  expect(line).toBe(`…${'a'.repeat(60)}b${'c'.repeat(60)}…`);
  expect(mark.indexOf('^')).toBe(61);
});

/** The error of a text that cannot be read or computed. */
function errorOf(text: string): ExpressionError {
  try {
    evaluateExpression(readExpression(text), { x: [1, 2], long: [1, 2, 3] });
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error(`nothing is wrong with ${text}`);
}

describe('each fault in the reader’s language', () => {
  const texts = {
    empty: '',
    sign: 'x $ 2',
    unclosed: 'sum(x',
    product: '2x',
    equation: 'y = x',
    tooLong: '1+'.repeat(501),
    tooDeep: '('.repeat(60),
    tooManySteps: `sum([${Array(330).fill('-x').join(',')}])`,
    tooManyNumbers: 'broadcastTo(1, [101, 100])',
    unknownName: 'y',
    unknownFunction: 'sofmax(x)',
    bareFunction: 'exp + 1',
    calledValue: 'x(2)',
    notNumbers: 'topK(x, k=1) + 1',
    repeatedOption: 'sum(x, axes=[0], axes=[0])',
    inputBehindOption: 'sum(axes=[0], x)',
    noMember: 'topK(x, k=1).value',
    noItem: 'x[0.5]',
    operation: 'x * long',
  };

  test.each(Object.entries(texts))('%s', (kind, text) => {
    const error = errorOf(text);
    expect(error.fault.kind).toBe(kind);
    const [english, chinese] = [faultInWords(error, 'en'), faultInWords(error, 'zh')];
    expect(english.text).toContain(error.remedy);
    expect(english.text).not.toMatch(/\p{Script=Han}/u);
    expect(chinese.text).toMatch(/\p{Script=Han}.*[。？]$/u);
    expect(chinese.original === null).toBe(kind !== 'operation');
  });

  test('time, which no text runs out of by itself', () => {
    const told = { fault: { kind: 'tooSlow', seconds: 5 } as const, operation: '', got: '', wanted: '', remedy: '' };
    expect(faultInWords(told, 'zh').text).toBe('计算超过了 5 秒。请用更小的数组。');
  });
});
