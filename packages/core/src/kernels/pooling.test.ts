import { expect, test } from 'vitest';
import { avgPool2d, avgPool2dGradient, maxPool2d, type PoolingSizes, putChosen, takeChosen } from './pooling.ts';

/** Two planes of 2 × 3 under windows of 2 × 2 that overlap. */
const sizes: PoolingSizes = [2, 2, 3, 1, 2, 2, 2, 1, 1, 0, 0, 1, 1];
const x = Float32Array.of(1, 5, 2, 3, 4, 6, -1, -5, -2, -3, -4, -6);
const dirty = (length: number): Float32Array => new Float32Array(length).fill(Number.NaN);

test('maxPool2d writes the largest number under each window, and its index in the plane', () => {
  const [y, chosen] = [dirty(4), new Int32Array(4).fill(99)];
  maxPool2d(x, y, chosen, ...sizes);
  expect([...y]).toEqual([5, 6, -1, -2]);
  expect([...chosen]).toEqual([1, 5, 0, 2]);
});

test('maxPool2d chooses the first of equals, and the first NaN before all', () => {
  const row: PoolingSizes = [1, 1, 4, 1, 1, 1, 4, 1, 1, 0, 0, 1, 1];
  const index = (...numbers: number[]): number => {
    const chosen = new Int32Array(1);
    maxPool2d(Float32Array.from(numbers), new Float32Array(1), chosen, ...row);
    return chosen[0];
  };
  expect(index(1, 3, 3, 2)).toBe(1);
  expect(index(0, -0, 0, 0)).toBe(0);
  expect(index(-Infinity, -Infinity, -Infinity, -Infinity)).toBe(0);
  expect(index(1, Number.NaN, Infinity, Number.NaN)).toBe(1);
  expect(index(Number.NaN, Infinity, 1, 1)).toBe(0);
});

test('takeChosen reads the chosen indices, and 0 where there is none; putChosen is its transpose', () => {
  const chosen = Int32Array.of(1, 1, -1, 2);
  const taken = dirty(4);
  takeChosen(x, chosen, taken, 2, 6, 2);
  expect([...taken]).toEqual([5, 5, 0, -2]);
  const put = dirty(12);
  putChosen(Float32Array.of(10, 20, 30, 40), chosen, put, 2, 6, 2);
  expect([...put]).toEqual([0, 30, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0]);
});

test('takeChosen and putChosen know indices where a relu is shut', () => {
  const chosen = Int32Array.of(1, -2 - 1, -1, -2 - 2);
  const taken = dirty(4);
  takeChosen(x, chosen, taken, 2, 6, 2);
  expect([...taken]).toEqual([5, 5, 0, -2]);
  const put = dirty(12);
  putChosen(Float32Array.of(10, 20, 30, 40), chosen, put, 2, 6, 2);
  expect([...put]).toEqual([0, 30, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0]);
});

test('avgPool2d weighs each sum by its share, and its gradient hands the share to each number', () => {
  const shares = Float32Array.of(0.25, 0.5);
  const y = dirty(4);
  avgPool2d(x, shares, y, ...sizes);
  expect([...y]).toEqual([3.25, 8.5, -3.25, -8.5]);
  const gradient = dirty(12);
  avgPool2dGradient(Float32Array.of(4, 2, 8, 0), shares, gradient, ...sizes);
  expect([...gradient]).toEqual([1, 2, 1, 1, 2, 1, 2, 2, 0, 2, 2, 0]);
});
