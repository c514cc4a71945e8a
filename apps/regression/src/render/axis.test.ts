import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisFor, spread } from './axis.ts';
import { decimal, factor, percent } from './numbers.ts';
import { wrap } from './wrap.ts';

describe('an axis', () => {
  test.each([
    [[-5.9, 5.8], { min: -6, max: 6, interval: 2 }],
    [[-0.11, 0.32], { min: -0.2, max: 0.4, interval: 0.1 }],
    [[7, 7], { min: 7, max: 7, interval: 0.2 }],
  ])('%j', (numbers, axis) => {
    expect(axisFor(numbers, 6)).toEqual(axis);
  });
});

describe('labels that are moved apart', () => {
  test('stay where they are when they are apart', () => {
    expect(spread([30, 10], 15)).toEqual([30, 10]);
  });

  test('share the way', () => {
    expect(spread([10, 10, 10], 6)).toEqual([4, 10, 16]);
  });

  test('are apart, and keep their order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 8 }), (heights) => {
        const moved = spread(heights, 10);
        const order = heights.map((_, at) => at).sort((a, b) => heights[a] - heights[b]);
        for (let index = 1; index < order.length; index++) {
          expect(moved[order[index]] - moved[order[index - 1]]).toBeGreaterThanOrEqual(10 - 1e-9);
        }
      }),
    );
  });
});

test('lines break between words, and spaces inside of a line are kept', () => {
  expect(wrap('one two  three', 8, 2)).toEqual(['one two', '  three']);
  expect(wrap('a   b', 80)).toEqual(['a   b']);
  expect(wrap('unbreakable', 4)).toEqual(['unbreakable']);
});

test('numbers are as long as they have to be', () => {
  expect([0, 0.1234567, -12.3, 1e-5, 123456].map(decimal)).toEqual([
    '0.000',
    '0.123',
    '-12.300',
    '0.0000100',
    '1.23e+5',
  ]);
  expect([1, 1.04, 7.24, 15.3, 1234].map(factor)).toEqual(['1', '1', '7.2', '15', '1234']);
  expect(percent(0.154)).toBe('15 %');
});
