import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../test/messages.ts';
import { add, ShapeError, Tape, tensor } from '../index.ts';

describe('an ndarray that reaches beyond its data', () => {
  test.each([
    [[2, 2], undefined, 0],
    [[3], [1], 1],
    [[3], [-1], 1],
    [[2], [3], 0],
    [[2, 2], [1, 2], 0],
  ] as const)('is refused: shape %j, strides %j, offset %i', (shape, stride, offset) => {
    const view = ndarray([1, 2, 3], [...shape], stride && [...stride], offset);
    using tape = new Tape();
    for (const take of [() => tensor(view), () => tape.constant(view), () => add(view, 1)])
      expect(take).toThrow(ShapeError);
  });

  test('and none that stays within them', () => {
    expect(tensor(ndarray([1, 2, 3], [3], [-1], 2)).toList()).toEqual([3, 2, 1]);
    expect(tensor(ndarray([1, 2, 3], [2, 2], [0, 2], 0)).toList()).toEqual([
      [1, 3],
      [1, 3],
    ]);
    expect(tensor(ndarray([], [0, 5], [7, 7], 9)).size).toBe(0);
  });
});

test('every message', () => {
  const odd = Object.assign(ndarray([1, 2, 3, 4], [2, 2]), { stride: [1] });
  expect(
    messagesOf({
      'too few numbers': () => tensor(ndarray([1, 2, 3], [2, 2])),
      'too few strides': () => tensor(odd),
      'half an offset': () => tensor({ ...ndarray([1, 2], [1]), offset: 0.5 } as never),
    }),
  ).toMatchInlineSnapshot(`
    {
      "half an offset": "ShapeError: tensor: an ndarray of shape [1] with the strides [1] and the offset 0.5; wanted one whole number as stride for each axis, and a whole number as offset. Make it with \`ndarray(data, shape)\`, which works out the strides.",
      "too few numbers": "ShapeError: tensor: an ndarray of shape [2, 2], strides [2, 1] and offset 0, which reaches from index 0 to 3 of data that holds 3 numbers; wanted elements that all lie within the data. Check that the shape belongs to these data; \`ndarray\` itself does not.",
      "too few strides": "ShapeError: tensor: an ndarray of shape [2, 2] with the strides [1] and the offset 0; wanted one whole number as stride for each axis, and a whole number as offset. Make it with \`ndarray(data, shape)\`, which works out the strides.",
    }
  `);
});
