import { expect, test } from 'vitest';
import { number, percent } from './numbers.ts';
import { table } from './table.ts';

test('a table has equal columns, with numbers to the right', () => {
  expect(
    table(
      ['', 'ms'],
      [
        ['tapegrad', '2.40'],
        ['jax-js, wasm', '1,145'],
      ],
    ),
  ).toBe(
    [
      '|              |    ms |',
      '| ------------ | ----: |',
      '| tapegrad     |  2.40 |',
      '| jax-js, wasm | 1,145 |',
    ].join('\n'),
  );
});

test('numbers have three digits that mean something', () => {
  const numbers = [0, 0.01234, 0.1234, 1.234, 12.34, 99.96, 123.4, 7, 8400, 23_600.4, Number.NaN];
  expect(numbers.map(number)).toEqual([
    '0',
    '0.0123',
    '0.123',
    '1.23',
    '12.3',
    '100',
    '123',
    '7',
    '8,400',
    '23,600',
    '–',
  ]);
});

test('shares are percent', () => {
  expect([0.0123, 0.5, null].map(percent)).toEqual(['1.2 %', '50 %', '–']);
});
