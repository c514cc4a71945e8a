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
    ).toMatchInlineSnapshot(`
      {
        "after the end of its tape": "TapeError: take: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
        "broken": "ValueError: take: indices is 0.5; wanted whole numbers from 0 to 4, the rows of x. Count from 0, and check that the indices belong to this tensor.",
        "into nothing": "ValueError: take: indices[0] is 0; wanted no index at all, for there are no rows of x. Count from 0, and check that the indices belong to this tensor.",
        "negative": "ValueError: take: indices[1] is -1; wanted whole numbers from 0 to 4, the rows of x. Count from 0, and check that the indices belong to this tensor.",
        "not a number": "ValueError: take: indices[0] is NaN; wanted whole numbers from 0 to 4, the rows of x. Count from 0, and check that the indices belong to this tensor.",
        "ragged": "ShapeError: tensor: ragged lists: a list of 2 at depth 1 where the first entry has a list of 1; wanted lists of equal length at each depth. Pad the short lists, or check for a missing number.",
        "too large": "ValueError: take: indices[1, 1] is 5; wanted whole numbers from 0 to 4, the rows of x. Count from 0, and check that the indices belong to this tensor.",
      }
    `);
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
