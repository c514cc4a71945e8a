import { expect, test } from 'vitest';
import { readAddress } from '../../address/address.ts';
import { readFields, writeFields } from '../../address/fields.ts';
import { lossFields } from './fields.ts';

const read = (text: string) => readFields(lossFields, readAddress(`#losses?${text}`).state);

test.each([
  ['points=1,2,3', []],
  ['points=1,2,9,9', [1, 2, 3, 6]],
  ['points=1,x', []],
  ['', []],
])('points %s', (text, points) => {
  expect(read(text).points).toEqual(points);
});

test.each([
  ['shown=quantile,l2', ['l2', 'quantile']],
  ['shown=', []],
  ['shown=l2,constructor', lossFields.shown.initial],
])('losses %s', (text, shown) => {
  expect(read(text).shown).toEqual(shown);
});

test('what is as at the beginning is left out of the address', () => {
  expect(writeFields(lossFields, read(''))).toEqual({});
});
