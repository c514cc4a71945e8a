import { tensor } from '@tapegrad/core';
import ndarray, { type NdArray } from '@tapegrad/core/ndarray';
import original from 'ndarray';
import { expect, test } from 'vitest';

test('the door ndarray leads to the very package, and a tensor takes what it makes', () => {
  expect(ndarray).toBe(original);
  const rows: NdArray<Float32Array> = ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
  expect(tensor(rows.transpose(1, 0)).toList()).toEqual([
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
});
