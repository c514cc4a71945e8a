import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NumbersDescription } from '../description/description.ts';
import { formatNumber, formatNumbers, isCut, summarise } from './numbers.ts';

const describe = (shape: number[], numbers: number[]): NumbersDescription => ({
  shape,
  dtype: 'float64',
  size: shape.reduce((product, length) => product * length, 1),
  numbers,
  smallest: numbers.length > 0 ? Math.min(...numbers) : null,
  largest: numbers.length > 0 ? Math.max(...numbers) : null,
});
const count = (length: number): number[] => Array.from({ length }, (_, i) => i + 1);

test.each([
  [0.1 + 0.2, '0.3'],
  [Math.fround(0.1), '0.1'],
  [-1 / 3, '-0.33333'],
  [123456, '123456'],
  [1234567, '1.2346e6'],
  [123456.7, '1.2346e5'],
  [99999.9, '1e5'],
  [0.0000012345678, '0.0000012346'],
  [1.5e-8, '1.5e-8'],
  [5e-324, '4.9407e-324'],
  [0, '0'],
  [-0, '-0'],
  [Number.NaN, 'NaN'],
  [-Infinity, '-Infinity'],
])('%s is shown as %s', (x, text) => {
  expect(formatNumber(x)).toBe(text);
});

test('what is shown reads as a number within half of the last digit', () => {
  fc.assert(
    fc.property(fc.double(), (x) => {
      const read = Number(formatNumber(x));
      if (!Number.isFinite(x) || x === 0) expect(read).toBe(x);
      // Below the normal numbers fewer digits are there to begin with.
      else if (Math.abs(x) > 1e-300 && Math.abs(x) < 1e308) {
        expect(Math.abs(read - x)).toBeLessThanOrEqual(0.5e-4 * Math.abs(x) * (1 + 1e-9));
      }
    }),
  );
});

test.each([
  [[], [7], 40, '7'],
  [[2, 3], count(6), 40, '[[1, 2, 3], [4, 5, 6]]'],
  [[2, 3], count(6), 20, '[[1, 2, 3], [4, …]]'],
  [[2, 3], count(6), 12, '[[1, …], …]'],
  [[2, 3], count(6), 5, '…'],
  [[100], count(100), 20, '[1, 2, 3, 4, 5, …]'],
  [[100], count(2), 40, '[1, 2, …]'],
  [[0], [], 40, '[]'],
  [[2, 0], [], 40, '[[], []]'],
  [[1000, 0], [], 12, '[[], [], [], [], [], [], [], [], [], [], [], [], …]'],
])('numbers of shape %j, %j, in %i columns', (shape, numbers, width, text) => {
  expect(formatNumbers(describe(shape, numbers), width)).toBe(text);
});

test('cut where needed, and only there', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double(), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 200 }),
      (list, width) => {
        const description = describe([list.length], list);
        const whole = `[${list.map(formatNumber).join(', ')}]`;
        const text = formatNumbers(description, width);
        expect(text.length).toBeLessThanOrEqual(width);
        expect(isCut(description, width)).toBe(whole.length > width);
        if (whole.length <= width) expect(text).toBe(whole);
      },
    ),
  );
});

test.each([
  [[0.5, -1], '2 numbers, -1 to 0.5'],
  [[3, 3], '2 numbers, all 3'],
  [[1, Number.NaN], '2 numbers, NaN among them'],
  [[4], '1 number, all 4'],
  [[], 'no numbers'],
])('%j in words: %s', (numbers, text) => {
  expect(summarise(describe([numbers.length], numbers))).toBe(text);
});
