import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('cells are kept apart, and those with commas, quotation marks or lines are quoted', () => {
  expect(
    csvOf([
      ['step', 'loss, mean'],
      [1, 0.1 + 0.2],
      ['a "b"', 'x\ny'],
    ]),
  ).toBe('step,"loss, mean"\r\n1,0.30000000000000004\r\n"a ""b""","x\ny"\r\n');
});

test('no text becomes a formula of a spreadsheet; numbers stay numbers', () => {
  expect(csvOf([['=1+1', '-x', '-1', -1]])).toBe("'=1+1,'-x,-1,-1\r\n");
});
