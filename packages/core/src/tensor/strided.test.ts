import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';
import { garbageCollected } from '../engine/memory.ts';
import { assign, broadcastView, copyInto, dtypeOf, flatten, isRowMajor, restride, viewOf } from './strided.ts';

const six = viewOf(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
const transposed = restride(six, [3, 2], [1, 3]);

test('viewOf reads a flat array row by row', () => {
  expect([six.get(0, 2), six.get(1, 0)]).toEqual([3, 4]);
  expect(dtypeOf(six)).toBe('float32');
  expect(dtypeOf(viewOf(new Float64Array(1), []))).toBe('float64');
});

test('isRowMajor: without gaps, where axes of length 1 may have any stride', () => {
  expect(isRowMajor(six)).toBe(true);
  expect(isRowMajor(transposed)).toBe(false);
  expect(isRowMajor(restride(six, [2, 1, 3], [3, 99, 1]))).toBe(true);
  expect(isRowMajor(restride(six, [2, 2], [3, 1]))).toBe(false);
  expect(isRowMajor(restride(six, [3], [1], 3))).toBe(true);
  expect(isRowMajor(restride(six, [], []))).toBe(true);
});

describe('flatten', () => {
  test('hands out the very same memory where the numbers lie in order', () => {
    expect(flatten(six, garbageCollected)).toBe(six.data);
    const row = flatten(restride(six, [3], [1], 3), garbageCollected);
    expect([...row]).toEqual([4, 5, 6]);
    expect(row.buffer).toBe(six.data.buffer);
  });

  test('copies where they do not', () => {
    expect([...flatten(transposed, garbageCollected)]).toEqual([1, 4, 2, 5, 3, 6]);
    expect([...flatten(restride(six, [6], [-1], 5), garbageCollected)]).toEqual([6, 5, 4, 3, 2, 1]);
    expect([...flatten(broadcastView(restride(six, [], [], 4), [2, 2]), garbageCollected)]).toEqual([5, 5, 5, 5]);
  });

  test('of nothing is nothing', () => {
    expect(flatten(restride(six, [0, 3], [3, 1]), garbageCollected)).toHaveLength(0);
    expect(flatten(restride(six, [3, 0], [1, 3]), garbageCollected)).toHaveLength(0);
  });
});

test('broadcastView repeats by strides of 0, in front and along axes of length 1', () => {
  const column = restride(six, [2, 1], [3, 1]);
  const view = broadcastView(column, [2, 2, 3]);
  expect(view.shape).toEqual([2, 2, 3]);
  expect(view.stride).toEqual([0, 3, 0]);
  expect(view.data).toBe(six.data);
  expect([...flatten(view, garbageCollected)]).toEqual([1, 1, 1, 4, 4, 4, 1, 1, 1, 4, 4, 4]);
});

describe('assign and copyInto', () => {
  test('write by any strides, from any number type', () => {
    const target = viewOf(new Float32Array(6), [2, 3]);
    assign(restride(target, [3, 2], [1, 3]), transposed);
    expect([...target.data]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...copyInto(new Float64Array(3), ndarray(Uint8Array.of(7, 8, 9), [3], [-1], 2))]).toEqual([9, 8, 7]);
    expect([...copyInto(new Float64Array(2), ndarray([1.5, 2.5], [2]))]).toEqual([1.5, 2.5]);
  });

  test('write scalars, and nothing where there is nothing', () => {
    const scalar = viewOf(new Float32Array(1), []);
    assign(scalar, restride(six, [], [], 5));
    expect(scalar.data[0]).toBe(6);
    expect([...copyInto(new Float32Array(1), restride(six, [], [], 4))]).toEqual([5]);
    assign(viewOf(new Float32Array(0), [0, 2]), restride(six, [0, 2], [2, 1]));
  });
});
