import { tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { agreementOf, unitInTheLastPlace, unitsBetween } from './agreement.ts';

describe('units between two numbers', () => {
  test.each([
    [1, 1 + 2 ** -52, 1],
    [1, 1 - 2 ** -53, 1],
    [0, 5e-324, 1],
    [-5e-324, 5e-324, 2],
    [0, -0, 0],
    [-1, -1 - 2 ** -51, 2],
    [2 ** 52, 2 ** 52 + 3, 3],
    [Number.MAX_VALUE, Infinity, Infinity],
    [Infinity, Infinity, 0],
    [Infinity, -Infinity, Infinity],
    [Number.NaN, Number.NaN, 0],
    [Number.NaN, 1, Infinity],
  ])('float64: from %d to %d %d', (a, b, units) => {
    expect(unitsBetween(a, b, 'float64')).toBe(units);
    expect(unitsBetween(b, a, 'float64')).toBe(units);
  });

  test.each([
    [1, 1 + 2 ** -23, 1],
    [0, 2 ** -149, 1],
    [-(2 ** -149), 2 ** -149, 2],
    [0.5, 1, 2 ** 23],
    [-0, 0, 0],
  ])('float32: from %d to %d %d', (a, b, units) => {
    expect(unitsBetween(a, b, 'float32')).toBe(units);
  });
});

test.each([
  [1, 2 ** -52],
  [1.9999999999999998, 2 ** -52],
  [2, 2 ** -51],
  [-8, 2 ** -49],
  [2 ** 1023, 2 ** 971],
  [Number.MAX_VALUE, 2 ** 971],
  [0.9999999999999999, 2 ** -53],
  [0, 5e-324],
  [1e-310, 5e-324],
])('the unit in the last place of %d', (x, unit) => {
  expect(unitInTheLastPlace(x, 'float64')).toBe(unit);
});

test('the unit in the last place of a float32', () => {
  expect([1, 2 ** -126, 2 ** -127, 0].map((x) => unitInTheLastPlace(x, 'float32'))).toEqual([
    2 ** -23,
    2 ** -149,
    2 ** -149,
    2 ** -149,
  ]);
});

test('a small difference from an exact 0 is far in steps and near beside the largest number', () => {
  const a = tensor([1, 0], { dtype: 'float64' });
  const b = tensor([1, 2 ** -54], { dtype: 'float64' });
  const { worst, ofLargest, difference, count } = agreementOf(a, b);
  expect(worst).toBeGreaterThan(1e18);
  expect({ ofLargest, difference, count }).toEqual({ ofLargest: 0.25, difference: 2 ** -54, count: 2 });
});

test('NaN and infinities agree with themselves alone', () => {
  const special = tensor([Number.NaN, Infinity, -Infinity, -0], { dtype: 'float64' });
  expect(agreementOf(special, special)).toMatchObject({ worst: 0, ofLargest: 0, difference: 0 });
  const other = tensor([Number.NaN, Infinity, 1, -0], { dtype: 'float64' });
  expect(agreementOf(special, other)).toMatchObject({ worst: Infinity, ofLargest: Infinity, difference: Infinity });
});

test('nothing agrees with nothing', () => {
  expect(agreementOf(tensor([]), tensor([]))).toMatchObject({ count: 0, worst: 0, ofLargest: 0 });
});

test('other shapes and types are refused', () => {
  expect(() => agreementOf(tensor([1]), tensor([1, 2]))).toThrow('float32 [1] and float32 [2]');
  expect(() => agreementOf(tensor([1]), tensor([1], { dtype: 'float64' }))).toThrow('float32 [1] and float64 [1]');
});
