import type { Tensor } from '@tapegrad/core';
import { expect } from 'vitest';

/** Mean, root mean square and largest size of the numbers of a tensor. */
function measure(x: Tensor): { mean: number; deviation: number; largest: number } {
  const numbers = Array.from(x.toFlatArray());
  const total = numbers.reduce((sum, number) => sum + number, 0);
  const squares = numbers.reduce((sum, number) => sum + number * number, 0);
  const largest = numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  return { mean: total / x.size, deviation: Math.sqrt(squares / x.size), largest };
}

/**
 * Expects samples of U(-bound, bound): inside, nearly reaching the bound, with moments that lie within five standard
 * errors of those of the distribution.
 */
export function expectUniform(x: Tensor, bound: number): void {
  const { mean, deviation, largest } = measure(x);
  const wanted = bound / Math.sqrt(3);
  expect(largest).toBeLessThanOrEqual(x.dtype === 'float32' ? Math.fround(bound) : bound);
  expect(largest).toBeGreaterThan(0.95 * bound);
  expect(Math.abs(mean)).toBeLessThan((5 * wanted) / Math.sqrt(x.size));
  // x² of a uniform x has the variance 4/45·bound⁴, hence the error of its root.
  expect(Math.abs(deviation / wanted - 1)).toBeLessThan(5 * Math.sqrt(1 / (5 * x.size)));
}

/** Expects samples of N(0, deviation²), with moments within five standard errors of those of the distribution. */
export function expectNormal(x: Tensor, wanted: number): void {
  const { mean, deviation, largest } = measure(x);
  expect(Math.abs(mean)).toBeLessThan((5 * wanted) / Math.sqrt(x.size));
  expect(Math.abs(deviation / wanted - 1)).toBeLessThan(5 * Math.sqrt(1 / (2 * x.size)));
  expect(largest).toBeGreaterThan(3 * wanted);
  expect(largest).toBeLessThan(6 * wanted);
}
