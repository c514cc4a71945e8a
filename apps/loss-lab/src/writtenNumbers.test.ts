import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writtenNumbers } from './writtenNumbers.ts';

test('lists within lists, in all digits', () => {
  expect(writtenNumbers(0.1 + 0.2, 'float64')).toBe('0.30000000000000004');
  expect(
    writtenNumbers(
      [
        [1, -0],
        [Number.NaN, -Infinity],
      ],
      'float64',
    ),
  ).toBe('[[1, 0], [NaN, -Infinity]]');
});

test('float32 in the digits that it has, read again as the same number', () => {
  expect(writtenNumbers([Math.fround(0.1), Math.fround(1 / 3)], 'float32')).toBe('[0.1, 0.33333334]');
  fc.assert(
    fc.property(fc.float(), (number) => {
      // A zero is written without its sign.
      expect(Math.fround(Number(writtenNumbers(number, 'float32')))).toBe(number + 0);
    }),
  );
});
