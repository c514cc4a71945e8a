import { Random } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { type EigenPair, symmetricEigen } from './symmetricEigen.ts';

/** Σ value · vector · vectorᵀ */
function rebuilt(pairs: readonly EigenPair[]): number[][] {
  const { length } = pairs;
  return Array.from({ length }, (_, row) =>
    Array.from({ length }, (_, column) =>
      pairs.reduce((sum, { value, vector }) => sum + value * vector[row] * vector[column], 0),
    ),
  );
}

/** The largest distance between two lists of numbers. */
const apart = (x: readonly number[], y: readonly number[]): number =>
  x.reduce((most, each, at) => Math.max(most, Math.abs(each - y[at])), 0);

test('a matrix whose eigenvalues are known', () => {
  // (2 - λ)² - 1 = 0
  const [first, second] = symmetricEigen([
    [2, 1],
    [1, 2],
  ]);
  expect(first.value).toBeCloseTo(3, 14);
  expect(second.value).toBeCloseTo(1, 14);
  const half = Math.SQRT1_2;
  expect(Math.abs(first.vector[0] * half + first.vector[1] * half)).toBeCloseTo(1, 14);
  expect(Math.abs(second.vector[0] * half - second.vector[1] * half)).toBeCloseTo(1, 14);
});

test.each([1, 2, 3, 8, 27])('%i axes: directions of length 1, at right angles, make the matrix again', (size) => {
  const random = new Random(size);
  for (let time = 0; time < 5; time++) {
    const drawn = Array.from({ length: size }, () => Array.from({ length: size }, () => random.normal()));
    const matrix = drawn.map((row, p) => row.map((each, q) => each + drawn[q][p]));
    const pairs = symmetricEigen(matrix);
    const values = pairs.map(({ value }) => value);
    expect(values).toEqual(values.toSorted((x, y) => y - x));
    expect(apart(rebuilt(pairs).flat(), matrix.flat())).toBeLessThan(1e-12);
    const products = pairs.flatMap(({ vector }) =>
      pairs.map((other) => vector.reduce((sum, each, at) => sum + each * other.vector[at], 0)),
    );
    const identity = pairs.flatMap((pair) => pairs.map((other) => (pair === other ? 1 : 0)));
    expect(apart(products, identity)).toBeLessThan(1e-13);
  }
});

test('equal eigenvalues, one of 0, and a matrix that is diagonal already', () => {
  const ones = [
    [1, 1, 1],
    [1, 1, 1],
    [1, 1, 1],
  ];
  const pairs = symmetricEigen(ones);
  expect(
    apart(
      pairs.map(({ value }) => value),
      [3, 0, 0],
    ),
  ).toBeLessThan(1e-14);
  expect(apart(rebuilt(pairs).flat(), ones.flat())).toBeLessThan(1e-14);
  const diagonal = symmetricEigen([
    [1, 0, 0],
    [0, 5, 0],
    [0, 0, 1],
  ]);
  expect(diagonal.map(({ value }) => value)).toEqual([5, 1, 1]);
  expect(Array.from(diagonal[0].vector)).toEqual([0, 1, 0]);
  expect(
    symmetricEigen([
      [0, 0],
      [0, 0],
    ]).map(({ value }) => value),
  ).toEqual([0, 0]);
});
