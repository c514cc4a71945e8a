import { describe, expect, test } from 'vitest';
import { check, type NumericExercise, readNumbers } from '../chapters/check.ts';
import { formatNumber } from '../chapters/format.ts';

describe('readNumbers', () => {
  test.each([
    ['0.5', [0.5]],
    ['.5', [0.5]],
    [' −0.5 ', [-0.5]],
    ['1/4', [0.25]],
    ['-1/3, 1/3', [-1 / 3, 1 / 3]],
    ['[10, 784]', [10, 784]],
    ['（0.5，−0.5）', [0.5, -0.5]],
    ['28 × 28', [28, 28]],
    ['1e-3 2', [0.001, 2]],
  ])('reads %s', (text, numbers) => {
    expect(readNumbers(text)).toEqual(numbers);
  });

  test.each(['', ' ', 'p - y', '1/0', '1/', '1/2/3', '--1', '0.5x', 'Infinity', '1,2,x'])('refuses %j', (text) => {
    expect(readNumbers(text)).toBeUndefined();
  });
});

describe('check', () => {
  const remark = { en: 'twice', zh: '两倍' };
  const exercise: NumericExercise = {
    name: 'a/b',
    task: remark,
    answer: { kind: 'list', right: () => [1, 2], tolerance: 0.01 },
    hints: [],
    solution: remark,
    slips: [
      { given: () => [2, 4], remark },
      { given: () => [1, 2, 3], remark },
    ],
  };

  test('takes what is near, up to the tolerance', () => {
    expect(check(exercise, '1.01, 1.99').kind).toBe('right');
    expect(check(exercise, '1.02, 2').kind).toBe('wrong');
  });

  test('says how many numbers are asked for, unless another count is a usual slip', () => {
    expect(check(exercise, '1')).toEqual({ kind: 'length', wanted: 2, got: 1 });
    expect(check(exercise, '1, 2, 3')).toEqual({ kind: 'wrong', remark });
  });

  test('has a remark for a usual slip, and says so where it cannot read', () => {
    expect(check(exercise, '2, 4')).toEqual({ kind: 'wrong', remark });
    expect(check(exercise, 'two')).toEqual({ kind: 'unreadable' });
    expect(check(exercise, '')).toEqual({ kind: 'unreadable' });
  });
});

test.each([
  [0.12910890882983, '0.1291'],
  [-0.5, '−0.5'],
  [0, '0'],
  [-0, '0'],
  [5e-17, '0'],
  [1234.56, '1235'],
  [442368, '442368'],
  [-50348032, '−50348032'],
  [442368.5, '442400'],
  [2.5e-7, '2.5·10⁻⁷'],
  [1e21, '1·10²¹'],
  [Infinity, '∞'],
  [-Infinity, '−∞'],
  [Number.NaN, 'NaN'],
])('%d is written %s', (number, text) => {
  expect(formatNumber(number)).toBe(text);
});
