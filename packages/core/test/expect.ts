import { expect } from 'vitest';
import { type Numbers, Tensor, tensor } from '../src/index.ts';

/**
 * Expects the same shape, and every number within `tolerance` of the one wanted: relative to it, or absolute where it is
 * below 1. NaN meets NaN only, and an infinity itself.
 */
export function expectClose(got: Tensor, wanted: Tensor | Numbers, tolerance: number): void {
  const right = wanted instanceof Tensor ? wanted : tensor(wanted, { dtype: 'float64' });
  expect(got.shape).toEqual(right.shape);
  const [a, b] = [got.toFlatArray(), right.toFlatArray()];
  const isClose = (x: number, y: number): boolean =>
    Object.is(x, y) || x === y || Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(y));
  const worst = a.findIndex((x, index) => !isClose(x, b[index]));
  if (worst >= 0) expect.fail(`number ${worst} is ${a[worst]} instead of ${b[worst]}, in ${got} for ${right}`);
}

/** Expects the same type, shape and bits, where -0 is not 0. */
export function expectSame(got: Tensor, wanted: Tensor): void {
  expect(got.shape).toEqual(wanted.shape);
  expect(got.toFlatArray()).toEqual(wanted.toFlatArray());
}
