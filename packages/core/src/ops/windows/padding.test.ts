import { expect, test } from 'vitest';
import { messagesOf } from '../../../test/messages.ts';
import { type AxisNames, image, signal, volume } from './axes.ts';
import { type Padding, readPadding } from './padding.ts';

const read = (padding: Padding, axes: AxisNames, reach = axes.map(() => 2)) => readPadding('op', padding, axes, reach);

test('one number is for all sides, and valid is none', () => {
  expect(read(2, image)).toEqual([
    [2, 2],
    [2, 2],
  ]);
  expect(read('valid', volume)).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
});

test('a list has a number or the two sides for each axis', () => {
  expect(read([1, 2], image)).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect(read([[1, 2], 3, [0, 4]], volume)).toEqual([
    [1, 2],
    [3, 3],
    [0, 4],
  ]);
});

test('with a single axis, two numbers are its sides', () => {
  expect(read([1, 2], signal)).toEqual([[1, 2]]);
  expect(read([[1, 2]], signal)).toEqual([[1, 2]]);
  expect(read([3], signal)).toEqual([[3, 3]]);
});

test('same gives back what the window takes away, of an odd number of zeros one more behind', () => {
  expect(read('same', volume, [0, 3, 4])).toEqual([
    [0, 0],
    [1, 2],
    [2, 2],
  ]);
});

test('every message', () => {
  expect(
    messagesOf({
      'a padding for four axes': () => read([0, 0, 1, 1], image),
      'an axis with three sides': () =>
        read(
          [
            [0, 0, 1],
            [0, 0],
          ] as never,
          image,
        ),
      'fractional padding': () => read([0, 0.5], image),
      'negative padding': () => read(-1, signal),
      'another word': () => read('SAME' as never, volume),
      'no list': () => read({ height: 1 } as never, image),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a padding for four axes": "ValueError: op: padding is [0,0,1,1]; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, or for each of [height, width] a number or [before, after].",
      "an axis with three sides": "ValueError: op: padding is [[0,0,1],[0,0]]; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, or for each of [height, width] a number or [before, after].",
      "another word": "ValueError: op: padding is "SAME"; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, or for each of [depth, height, width] a number or [before, after].",
      "fractional padding": "ValueError: op: padding is [0,0.5]; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, or for each of [height, width] a number or [before, after].",
      "negative padding": "ValueError: op: padding is -1; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number or [before, after].",
      "no list": "ValueError: op: padding is {"height":1}; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, or for each of [height, width] a number or [before, after].",
    }
  `);
});
