import { describe, expect, it } from 'vitest';
import { checkClose, exact, isClose } from './compare.ts';

const tolerance = { relative: 1e-3, absolute: 1e-6 };

describe('isClose', () => {
  it.each([
    ['within the relative part', 1000.9, 1000, true],
    ['beyond it', 1001.1, 1000, false],
    ['within the absolute part', 5e-7, 0, true],
    ['NaN meets NaN', Number.NaN, Number.NaN, true],
    ['NaN meets a number', Number.NaN, 0, false],
    ['a number meets NaN', 0, Number.NaN, false],
    ['infinities of one sign', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, true],
    ['infinities of two signs', Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, false],
    ['a number meets infinity', 1e308, Number.POSITIVE_INFINITY, false],
    ['infinity meets a number', Number.POSITIVE_INFINITY, 1, false],
  ])('%s', (_, got, want, expected) => {
    expect(isClose(got, want, tolerance)).toBe(expected);
  });

  it('takes -0 for 0, and wants integers exactly', () => {
    expect(isClose(-0, 0, exact)).toBe(true);
    expect(isClose(3, 4, exact)).toBe(false);
  });
});

describe('checkClose', () => {
  it('names the first element that differs, with both numbers and the tolerance', () => {
    const got = { shape: [2, 2], numbers: [1, 2, 4, 5] };
    const want = { shape: [2, 2], numbers: [1, 2, 3, 4] };
    expect(() => checkClose('float64 output', got, want, tolerance)).toThrow(
      'float64 output[1, 0]: got 4, wanted 3 (rtol 0.001, atol 0.000001)',
    );
  });

  it('wants equal shapes', () => {
    const got = { shape: [1, 4], numbers: [1, 2, 3, 4] };
    const want = { shape: [4], numbers: [1, 2, 3, 4] };
    expect(() => checkClose('y', got, want, tolerance)).toThrow('y: got the shape [1, 4], wanted [4]');
  });
});
