import { describe, expect, test } from 'vitest';
import { ended } from '../../test/gradients.ts';
import { messagesOf } from '../../test/messages.ts';
import { scattered } from '../../test/numbers.ts';
import { slice, Tape, tensor, transpose, zeros } from '../index.ts';

describe('what a tensor tells', () => {
  test('its shape, type, size and rank', () => {
    const x = tensor(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      { dtype: 'float64' },
    );
    expect({ shape: x.shape, dtype: x.dtype, size: x.size, rank: x.rank }).toEqual({
      shape: [2, 3],
      dtype: 'float64',
      size: 6,
      rank: 2,
    });
    expect(tensor(1).size).toBe(1);
    expect(zeros([3, 0]).size).toBe(0);
  });

  test('its numbers, as lists, as an ndarray, flat, or one alone, wherever they lie', () => {
    for (const x of [
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
      scattered(
        tensor([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
      ),
    ]) {
      expect(x.toList()).toEqual([
        [1, 2],
        [3, 4],
        [5, 6],
      ]);
      expect(x.toFlatArray()).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
      const { data, shape, stride, offset } = x.toNdarray();
      expect({ data, shape, stride, offset }).toEqual({
        data: Float32Array.of(1, 2, 3, 4, 5, 6),
        shape: [3, 2],
        stride: [2, 1],
        offset: 0,
      });
      expect(
        slice(x, [
          [1, 2],
          [1, 2],
        ]).item(),
      ).toBe(4);
    }
    expect(tensor(5).item()).toBe(5);
    expect(tensor([[[5]]]).item()).toBe(5);
  });

  test('in copies: changing them changes nothing', () => {
    const x = tensor([1, 2]);
    x.toFlatArray()[0] = 9;
    x.toNdarray().data[0] = 9;
    expect(x.toList()).toEqual([1, 2]);
  });

  test('as text, cut short after a hundred numbers', () => {
    expect(
      `${transpose([
        [1, 2],
        [3, 4],
      ])}`,
    ).toBe('float32 [2, 2] [[1,3],[2,4]]');
    expect(`${zeros([100])}`).toContain('[0,0,0');
    expect(`${zeros([101])}`).toBe('float32 [101] of 101 numbers');
    expect(`${ended()}`).toBe('float32 [2] (its tape has ended)');
  });
});

test('belongs to its tape, or to nobody', () => {
  using tape = new Tape();
  expect(tape.watch([1]).tape).toBe(tape);
  expect(tensor([1]).tape).toBeNull();
});

test('every message', () => {
  expect(
    messagesOf({
      'item of many': () => tensor([[1, 2]]).item(),
      'item of none': () => tensor([]).item(),
      'reading after the end of its tape': () => ended().toList(),
      'item after the end of its tape': () => slice(ended(), [[0, 1]]).item(),
    }),
  ).toMatchInlineSnapshot(`
    {
      "item after the end of its tape": "TapeError: slice: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
      "item of many": "ShapeError: item: a tensor of shape [1, 2] with 2 numbers; wanted exactly one number. Reduce it first, for example with \`mean\`, or read all numbers with \`toList()\`.",
      "item of none": "ShapeError: item: a tensor of shape [0] with 0 numbers; wanted exactly one number. Reduce it first, for example with \`mean\`, or read all numbers with \`toList()\`.",
      "reading after the end of its tape": "TapeError: tensor: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
    }
  `);
});
