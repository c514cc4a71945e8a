import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../test/messages.ts';
import { type Axis, checkImages, outputLength, pair, type WindowOptions, windowAxes } from './windows.ts';

test('pair takes one number for both axes, or two', () => {
  expect(pair('conv2d', 'stride', 3, 1)).toEqual([3, 3]);
  expect(pair('conv2d', 'stride', [2, 5], 1)).toEqual([2, 5]);
  expect(pair('conv2d', 'padding', [0, 0], 0)).toEqual([0, 0]);
});

describe('windowAxes', () => {
  const sides = (padding: WindowOptions['padding'], kernel: [number, number] = [3, 4]): number[][] =>
    windowAxes('conv2d', kernel, { padding }).map(({ before, after }) => [before, after]);

  test('moves one step at a time over the bare image unless told otherwise', () => {
    expect(windowAxes('conv2d', [3, 4], {})).toEqual([
      { kernel: 3, stride: 1, dilation: 1, before: 0, after: 0 },
      { kernel: 4, stride: 1, dilation: 1, before: 0, after: 0 },
    ]);
  });

  test('reads padding in all its forms', () => {
    expect(sides(2)).toEqual([
      [2, 2],
      [2, 2],
    ]);
    expect(sides([1, 2])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(
      sides([
        [1, 2],
        [3, 4],
      ]),
    ).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(sides('valid')).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(sides('same')).toEqual([
      [1, 1],
      [1, 2],
    ]);
    expect(sides('same', [1, 2])).toEqual([
      [0, 0],
      [0, 1],
    ]);
  });

  test("'same' allows for dilation", () => {
    const [vertical] = windowAxes('conv2d', [4, 1], { padding: 'same', dilation: [3, 1] });
    expect([vertical.before, vertical.after]).toEqual([4, 5]);
  });
});

describe('outputLength', () => {
  const axis = (changes: Partial<Axis>): Axis => ({
    kernel: 2,
    stride: 2,
    dilation: 1,
    before: 0,
    after: 0,
    ...changes,
  });
  const places = (length: number, changes: Partial<Axis>, ceilMode?: boolean): number =>
    outputLength('maxPool2d', length, axis(changes), 'height', ceilMode);

  test('rounds down, or up in ceil mode', () => {
    expect([places(4, {}), places(5, {}), places(6, {})]).toEqual([2, 2, 3]);
    expect([places(4, {}, true), places(5, {}, true), places(6, {}, true)]).toEqual([2, 3, 3]);
    expect(places(7, { kernel: 3, dilation: 2, stride: 1 })).toBe(3);
  });

  test('leaves out a last window that would start in the padding behind', () => {
    expect(places(5, { before: 1, after: 1 }, true)).toBe(3);
    expect(places(3, { kernel: 1 }, true)).toBe(2);
  });

  test('in ceil mode, takes an image that is smaller than the window by less than a stride, as PyTorch does', () => {
    expect(places(2, { kernel: 3 }, true)).toBe(1);
    expect(places(3, { kernel: 3, stride: 3, dilation: 2 }, true)).toBe(1);
    expect(() => places(1, { kernel: 3 }, true)).toThrow('wanted an image at least as large as the window');
  });
});

test('every message', () => {
  const axes = (options: object, kernel: [number, number] = [3, 3]) => windowAxes('conv2d', kernel, options);
  const narrow: Axis = { kernel: 3, stride: 1, dilation: 2, before: 1, after: 0 };
  expect(
    messagesOf({
      'three numbers': () => pair('conv2d', 'stride', [1, 2, 3] as never, 1),
      'a stride of 0': () => axes({ stride: 0 }),
      'an empty kernel': () => axes({}, [3, 0]),
      'same with a stride': () => axes({ padding: 'same', stride: [1, 2] }),
      'broken padding': () => axes({ padding: [0, 0.5] }),
      'padding as ONNX has it, four numbers in a row': () => axes({ padding: [0, 0, 1, 1] }),
      'padding of three sides': () =>
        axes({
          padding: [
            [0, 0, 1],
            [0, 0],
          ],
        }),
      'another word': () => axes({ padding: 'SAME' }),
      'an image smaller than the window': () => outputLength('conv2d', 3, narrow, 'width'),
      'an empty image': () => outputLength('conv2d', 0, { ...narrow, before: 0 }, 'width'),
      'no batch': () => checkImages('conv2d', [1, 28, 28]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a stride of 0": "ValueError: conv2d: stride is 0; wanted a whole number of at least 1, or two of them. Give stride as a number, or as [vertical, horizontal].",
      "an empty image": "ShapeError: conv2d: width 0 with padding 0 + 0 under a window of 5 (kernel 3, dilation 2); wanted an image at least as large as the window. Use a kernel of at most 1, or more padding.",
      "an empty kernel": "ValueError: conv2d: kernelSize is [3,0]; wanted a whole number of at least 1, or two of them. Give kernelSize as a number, or as [vertical, horizontal].",
      "an image smaller than the window": "ShapeError: conv2d: width 3 with padding 1 + 0 under a window of 5 (kernel 3, dilation 2); wanted an image at least as large as the window. Use a kernel of at most 2, or more padding.",
      "another word": "ValueError: conv2d: padding is "SAME"; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, [vertical, horizontal] or [[top, bottom], [left, right]].",
      "broken padding": "ValueError: conv2d: padding is [0,0.5]; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, [vertical, horizontal] or [[top, bottom], [left, right]].",
      "no batch": "ShapeError: conv2d: x is [1, 28, 28]; wanted [batch, channels, height, width]. Reshape it; a single image needs a batch axis of length 1.",
      "padding as ONNX has it, four numbers in a row": "ValueError: conv2d: padding is [0,0,1,1]; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, [vertical, horizontal] or [[top, bottom], [left, right]].",
      "padding of three sides": "ValueError: conv2d: padding is [[0,0,1],[0,0]]; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, [vertical, horizontal] or [[top, bottom], [left, right]].",
      "same with a stride": "ValueError: conv2d: padding 'same' with the stride [1, 2]; wanted a stride of 1 with 'same'. Give the padding in numbers.",
      "three numbers": "ValueError: conv2d: stride is [1,2,3]; wanted a whole number of at least 1, or two of them. Give stride as a number, or as [vertical, horizontal].",
    }
  `);
});
