import { expect, test } from 'vitest';
import { toggled } from './toggled.ts';

const all = ['a', 'b', 'c'];

test('one more stands where it belongs, and one less leaves the others', () => {
  expect(toggled(all, ['c', 'a'], 'b', true)).toEqual(['a', 'b', 'c']);
  expect(toggled(all, ['a', 'b'], 'a', false)).toEqual(['b']);
  expect(toggled(all, ['b'], 'b', true)).toEqual(['b']);
  expect(toggled(all, [], 'c', false)).toEqual([]);
});
