import { ValueError } from '@tapegrad/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNumber, readNumbers } from './numbers.ts';

describe('a number', () => {
  test.each([
    ['3', 3],
    ['.7', 0.7],
    ['-.5', -0.5],
    ['5.', 5],
    ['+2', 2],
    ['1e-3', 0.001],
    ['-1.5E2', -150],
    [' 4 ', 4],
    ['−2', -2],
    ['-0', -0],
    ['inf', Infinity],
    ['-Infinity', -Infinity],
    ['∞', Infinity],
    ['NaN', Number.NaN],
    ['1/3', 1 / 3],
    ['-1 / 4', -0.25],
    ['1/0', Infinity],
    ['ln(.7)', Math.log(0.7)],
    ['ln( 1/3 )', Math.log(1 / 3)],
    ['LN(0)', -Infinity],
  ])('%s', (text, number) => {
    expect(readNumber('--x', text)).toBe(number);
  });

  test.each([
    '',
    ' ',
    'x',
    '1,5',
    '1.2.3',
    '0x10',
    '1_000',
    '--3',
    'e',
    '.',
    'ln()',
    'ln(ln(2))',
    '1/2/3',
    '1/',
    'null',
  ])('not %j', (text) => {
    expect(() => readNumber('--x', text)).toThrow(ValueError);
  });
});

describe('numbers', () => {
  test('one, a row, rows', () => {
    expect(readNumbers('--x', '2.5')).toBe(2.5);
    expect(readNumbers('--x', '2.5', 1)).toEqual([2.5]);
    expect(readNumbers('--x', '3,1,-3')).toEqual([3, 1, -3]);
    expect(readNumbers('--x', '3, 1, -3; 0, 0, 1')).toEqual([
      [3, 1, -3],
      [0, 0, 1],
    ]);
    expect(readNumbers('--x', '1;2')).toEqual([[1], [2]]);
  });

  test('written out are read again', () => {
    const row = fc.array(fc.double(), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(row, row, (first, second) => {
        const width = Math.min(first.length, second.length);
        const rows = [first.slice(0, width), second.slice(0, width)];
        const written = rows.map((numbers) => numbers.map((x) => (Object.is(x, -0) ? '-0' : String(x))).join(','));
        expect(readNumbers('--x', written.join(';'))).toEqual(rows);
      }),
    );
  });

  test('whatever is written, it is numbers or a ValueError that names the option', () => {
    const pieces = fc.constantFrom('1', '.', '-', 'e', ',', ';', '/', 'ln(', ')', 'inf', 'nan', ' ', '∞', '[', '--');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (written) => {
        try {
          const numbers = [readNumbers('--x', written)].flat(2);
          expect(numbers.every((number) => typeof number === 'number')).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ValueError);
          expect(String(error)).toContain('--x: ');
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('a text of a million brackets ends in a sentence', () => {
    expect(() => readNumbers('--x', 'ln('.repeat(1e6))).toThrow(ValueError);
  });
});

test('every message', () => {
  const messageOf = (text: string): string => {
    try {
      return `read: ${readNumbers('--logits', text)}`;
    } catch (error) {
      return String(error);
    }
  };
  const texts = ['3,x', '3,,1', '--target', '[[3,1]]', '3 1 -3', '1,2;3'];
  expect(texts.map(messageOf)).toMatchInlineSnapshot(`
    [
      "ValueError: --logits: "x" where a number should be; wanted numbers such as 3, -.5, 1e-3, 1/3, ln(.7), inf or nan. Use a point for decimals, commas between numbers and semicolons between rows.",
      "ValueError: --logits: nothing where a number should be; wanted numbers such as 3, -.5, 1e-3, 1/3, ln(.7), inf or nan. Put one comma between two numbers, and none behind the last.",
      "ValueError: --logits: "--target" where a number should be; wanted numbers such as 3, -.5, 1e-3, 1/3, ln(.7), inf or nan. Give the option its numbers before the next option begins.",
      "ValueError: --logits: "[[3" where a number should be; wanted numbers such as 3, -.5, 1e-3, 1/3, ln(.7), inf or nan. Leave the brackets out: rows are kept apart by semicolons, \`"3,1;0,2"\`.",
      "ValueError: --logits: "3 1 -3" where a number should be; wanted numbers such as 3, -.5, 1e-3, 1/3, ln(.7), inf or nan. Put commas between numbers, and quotation marks around all of them.",
      "ValueError: --logits: row 0 has 2 numbers, row 1 has 1; wanted rows of one length. Put a semicolon between rows, and a comma between the numbers of a row.",
    ]
  `);
});

test('full-width signs, as an East Asian keyboard writes them, are read as their usual twins', () => {
  expect(readNumbers('--logits', '3，1，-3')).toEqual([3, 1, -3]);
  expect(readNumbers('--logits', '３．５，－１；ｌｎ（．７）、１／３')).toEqual([
    [3.5, -1],
    [Math.log(0.7), 1 / 3],
  ]);
  expect(readNumber('--delta', '１．５')).toBe(1.5);
});
