import { expect, test } from 'vitest';
import {
  type AdaptivePoolingSizes,
  adaptiveArgMax2d,
  adaptiveAvgPool2d,
  adaptiveAvgPool2dGradient,
} from './adaptivePooling.ts';

/** Two planes of 2 × 3 into cells of 1 × 2, which share the middle column. */
const sizes: AdaptivePoolingSizes = [2, 2, 3, 1, 2];
const x = Float32Array.of(1, 5, 2, 3, 4, 6, -1, -5, -2, -3, -4, -6);
const dirty = (length: number): Float32Array => new Float32Array(length).fill(Number.NaN);

test('adaptiveAvgPool2d writes the mean of each cell, and its gradient shares out over the cell', () => {
  const y = dirty(4);
  adaptiveAvgPool2d(x, y, ...sizes);
  expect([...y]).toEqual([3.25, 4.25, -3.25, -4.25]);
  const gradient = dirty(12);
  adaptiveAvgPool2dGradient(Float32Array.of(4, 8, 0, 4), gradient, ...sizes);
  expect([...gradient]).toEqual([1, 3, 2, 1, 3, 2, 0, 1, 1, 0, 1, 1]);
});

test('adaptiveArgMax2d finds the first largest number of each cell, and the first NaN before all', () => {
  const chosen = new Int32Array(4).fill(99);
  adaptiveArgMax2d(x, chosen, ...sizes);
  expect([...chosen]).toEqual([1, 5, 0, 2]);
  const first = (...row: number[]): number => {
    const index = new Int32Array(1);
    adaptiveArgMax2d(Float64Array.from(row), index, 1, 1, row.length, 1, 1);
    return index[0];
  };
  expect(first(1, 3, 3, 2)).toBe(1);
  expect(first(-Infinity, -Infinity)).toBe(0);
  expect(first(1, Number.NaN, Infinity, Number.NaN)).toBe(1);
  expect(first(Number.NaN, Infinity)).toBe(0);
});
