import ndarray from 'ndarray';
import { describe, expect, it } from 'vitest';
import { ended } from '../../test/gradients.ts';
import { messagesOf } from '../../test/messages.ts';
import { double, scattered } from '../../test/numbers.ts';
import { tensor } from './create.ts';
import { type Indices, indexArray, readIndices } from './indices.ts';

const read = (indices: Indices, length = 5) =>
  readIndices('take', 'indices', indices, { length, meaning: 'rows of x' });

describe('indices', () => {
  it('come in any form', () => {
    const matrix = [
      [0, 4],
      [1, 1],
    ];
    const forms: readonly Indices[] = [
      matrix,
      ndarray(Int32Array.of(0, 4, 1, 1), [2, 2]),
      ndarray(Uint8Array.of(0, 1, 4, 1), [2, 2]).transpose(1, 0),
      tensor(matrix),
      scattered(double(matrix)),
    ];
    for (const form of forms) {
      const { numbers, shape } = read(form);
      expect([...numbers]).toEqual([0, 4, 1, 1]);
      expect(shape).toEqual([2, 2]);
    }
    expect(read(3)).toMatchObject({ numbers: Int32Array.of(3), shape: [] });
    expect(read(Uint32Array.of(2))).toMatchObject({ numbers: Int32Array.of(2), shape: [1] });
    expect(read([], 0).shape).toEqual([0]);
  });

  it('keep the tensor they came in, so that its tape knows', () => {
    const x = tensor([1]);
    expect(read(x).tensor).toBe(x);
    expect(read([1]).tensor).toBeUndefined();
  });

  it('are whole numbers within the range', () => {
    expect(
      messagesOf({
        'too large': () =>
          read([
            [0, 4],
            [1, 5],
          ]),
        negative: () => read([1, -1]),
        broken: () => read(0.5),
        'not a number': () => read([Number.NaN]),
        'into nothing': () => read([0], 0),
        ragged: () => read([[1], [1, 2]]),
        'after the end of its tape': () => read(ended()),
      }),
    ).toMatchInlineSnapshot();
  });
});

describe('an array of indices', () => {
  it('is an ndarray of whole numbers', () => {
    const array = indexArray(Int32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
    expect(array.get(1, 0)).toBe(4);
    expect(array.dtype).toBe('int32');
    expect(indexArray(Int32Array.of(7), []).get()).toBe(7);
  });
});
