import { expect, test } from 'vitest';
import { zeros } from '../../tensor/create.ts';
import { readEquation } from './einsumEquation.ts';

test('an equation is read letter by letter, an ellipsis axis by axis from the last', () => {
  expect(readEquation('ab...,...b->...a', [zeros([1, 2, 3, 4]), zeros([4, 2])])).toEqual({
    terms: [
      ['a', 'b', '…1', '…0'],
      ['…0', 'b'],
    ],
    output: ['…1', '…0', 'a'],
  });
});

test('without an arrow the letters that occur once are kept in order', () => {
  expect(readEquation('cb,ba', [zeros([1, 2]), zeros([2, 3])]).output).toEqual(['a', 'c']);
  expect(readEquation('->', [zeros([])])).toEqual({ terms: [[]], output: [] });
});
