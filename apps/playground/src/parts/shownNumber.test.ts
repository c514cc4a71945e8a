import { expect, test } from 'vitest';
import { shownNumber, shownPower } from './shownNumber.ts';

test('powers of ten as an axis has them', () => {
  expect([-12, -1, 0, 1, 2, 30].map(shownPower)).toEqual(['10⁻¹²', '10⁻¹', '1', '10', '10²', '10³⁰']);
});

test('a number very large or very small is a power of ten times a few digits', () => {
  expect([12345678, -1.5e-7, 0.25].map((number) => shownNumber(number, 3))).toEqual(['1.23·10⁷', '−1.5·10⁻⁷', '0.25']);
});
