import { describe, expect, test } from 'vitest';
import { ExpressionError } from '../errors/expressionError.ts';
import { evaluateExpression } from '../evaluation/evaluateExpression.ts';
import { numbersOf } from '../study/numbersOf.ts';
import { readExpression, readValues } from './readExpression.ts';

const computed = (text: string): unknown => evaluateExpression(readExpression(text), {}).toList();

describe('what is written means what mathematics means by it', () => {
  test.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['7 - 2 - 1', 4],
    ['8 / 4 / 2', 1],
    ['2 ^ 3 ^ 2', 512],
    ['2 ** 3', 8],
    ['-2 ^ 2', -4],
    ['(-2) ^ 2', 4],
    ['2 ^ -1', 0.5],
    ['- - 3', 3],
    ['+3 - -2', 5],
    ['3²', 9],
    ['2³ + 1', 9],
    ['2 * 3²', 18],
    ['.5 + 1.', 1.5],
    ['1e-3 * 1E3', 1],
    ['3 × 4 ÷ 2 − 1', 5],
    ['（1 ＋ ２） ＊ 3', 9],
    ['pi / π', 1],
    ['e', Math.E],
    ['[1, 2, 3][1]', 2],
    ['[[1, 2], [3, 4]][-1]', [3, 4]],
    ['[1, 2] + [3, 4]', [4, 6]],
    ['[[1, 2], [3, 4]] @ [1, 1]', [3, 7]],
    ['2 < 3', 1],
    ['[1, 2, 3] >= 2', [0, 1, 1]],
    ['3 <= 2', 0],
    ['[1, 2] == 2', [0, 1]],
    ['max(2, 3)', 3],
    ['max([2, 5, 3])', 5],
    ['min([4, 1], 2)', [2, 1]],
    ['ln(e)', 1],
    ['sum([[1, 2], [3, 4]], axes=[0])', [4, 6]],
    ['sum([[1, 2], [3, 4]], axes=[-1], keepDims=true)', [[3], [7]]],
    ['topK([3, 1, 2], k=2).values', [3, 2]],
    ['where([1, 2] > 1.5, 10, 20)', [20, 10]],
    ['[1, 2][0] + split([4, 5], 1)[1][0]', 6],
  ])('%s', (text, value) => {
    expect(computed(text)).toEqual(value);
  });
});

test('names are those that need a value, each once, in their order', () => {
  expect(readExpression('w @ x + b - sum(square(w)) * pi + max(x_1, δ)').names).toEqual(['w', 'x', 'b', 'x_1', 'δ']);
});

test.each([
  ['2', 2],
  ['-1/3', -1 / 3],
  ['ln(e)', 1],
  ['3, 1, -3', [3, 1, -3]],
  ['3，1，−3', [3, 1, -3]],
  [
    '1, 2; 3, 4',
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ['1; 2', [[1], [2]]],
  [
    '[[1, 2], [3, 4]]',
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ['[1, 2] * 2', [2, 4]],
])('the values %s', (text, value) => {
  expect(numbersOf(text)).toEqual(value);
});

/** What is said of a text that cannot be read, and the part that is meant. */
function complaintOf(text: string): string {
  try {
    readExpression(text);
  } catch (error) {
    if (error instanceof ExpressionError) return `${error.message} «${text.slice(error.start, error.end)}»`;
    throw error;
  }
  return 'nothing';
}

test('what cannot be read is told with its position, what was wanted and the way out', () => {
  const texts = [
    '',
    '  ',
    '2x',
    'x y',
    '(a)(b)',
    'x *',
    'x * * y',
    'sum(x',
    '[1, 2',
    'sum(x]',
    ')',
    'y = x',
    'sum(x, axes=)',
    'x $ y',
    '"abc',
    'f(x,)',
    '1 < 2 < 3',
    'x;y',
  ];
  expect(Object.fromEntries(texts.map((text) => [text, complaintOf(text)]))).toMatchInlineSnapshot(`
    {
      "": "expression: an empty text; wanted an expression. Write one, such as x * exp(x). «»",
      "  ": "expression: an empty text; wanted an expression. Write one, such as x * exp(x). «  »",
      ""abc": "expression: the " at position 1 is never closed; wanted another " behind it. Texts are for options, as in padding="same"; close it, or leave it out. «"abc»",
      "(a)(b)": "expression: "(" right behind ")", at position 4; wanted an operator between them. Write a product with a star: (…) * (…). «(»",
      ")": "expression: ")" at position 1; wanted a number, a name, (, [ or a text in quotes. Look at what stands before it, and close what was opened. «)»",
      "1 < 2 < 3": "expression: "<" at position 7; wanted an operator or the end. Look at what stands before it, and close what was opened. «<»",
      "2x": "expression: "x" right behind "2", at position 2; wanted an operator between them. Write a product with a star: 2 * x. «x»",
      "[1, 2": "expression: the [ at position 1 is never closed; wanted a ] behind it. Close it: ]. «[»",
      "f(x,)": "expression: ")" at position 5; wanted a number, a name, (, [ or a text in quotes. Look at what stands before it, and close what was opened. «)»",
      "sum(x": "expression: the ( at position 4 is never closed; wanted a ) behind it. Close it: ). «(»",
      "sum(x, axes=)": "expression: ")" at position 13; wanted a number, a name, (, [ or a text in quotes. Look at what stands before it, and close what was opened. «)»",
      "sum(x]": "expression: "]" at position 6; wanted an operator, ) or a comma. Look at what stands before it, and close what was opened. «]»",
      "x $ y": "expression: "$" at position 3; wanted an operator or the end. Look at what stands before it, and close what was opened. «$»",
      "x *": "expression: the end of the text; wanted a number, a name, (, [ or a text in quotes. Write what is missing at the end. «»",
      "x * * y": "expression: "*" at position 5; wanted a number, a name, (, [ or a text in quotes. Look at what stands before it, and close what was opened. «*»",
      "x y": "expression: "y" right behind "x", at position 3; wanted an operator between them. Write a product with a star: x * y. «y»",
      "x;y": "expression: ";" at position 2; wanted an operator or the end. Look at what stands before it, and close what was opened. «;»",
      "y = x": "expression: = at position 3; wanted an expression, not an equation. Write the right side alone; two numbers are compared by ==, and an option of a function stands in its brackets. «=»",
    }
  `);
});

describe('bounds', () => {
  test('a text of more than a thousand signs', () => {
    expect(complaintOf(`1${' + 1'.repeat(300)}`)).toContain('1201 signs; wanted at most 1000');
  });

  test.each([
    ['brackets', `${'('.repeat(51)}1${')'.repeat(51)}`, 50],
    ['lists', `${'['.repeat(51)}1${']'.repeat(51)}`, 50],
    ['open brackets', '('.repeat(900), 50],
    ['signs', `${'-'.repeat(900)}1`, 100],
    ['powers', Array(300).fill('2').join('^'), 100],
  ])('%s within each other', (_, text, most) => {
    expect(complaintOf(text)).toContain(`within more than ${most} others; wanted at most ${most}`);
  });

  test('a chain is as deep as one of its parts', () => {
    expect(computed(Array(300).fill('1').join('+'))).toBe(300);
  });

  test('fifty brackets are read', () => {
    expect(readExpression(`${'('.repeat(50)}1${')'.repeat(50)}`).names).toEqual([]);
  });

  test('no text takes long, whatever stands in it', () => {
    const begin = performance.now();
    for (const text of [
      'f(a='.repeat(49),
      '[('.repeat(25),
      'a[b['.repeat(20),
      `${'f(('.repeat(24)}x`,
      '1'.repeat(1000),
    ])
      complaintOf(text);
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});

test('what is no text is refused', () => {
  expect(() => readExpression(3 as never)).toThrow('readExpression: the expression is the number 3; wanted a text.');
  expect(() => readValues(undefined as never)).toThrow('readValues: the expression is undefined; wanted a text.');
});
