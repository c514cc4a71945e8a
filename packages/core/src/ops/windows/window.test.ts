import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../test/messages.ts';
import { image, signal, volume } from './axes.ts';
import { optionsOf, readWindow, still } from './window.ts';

describe('readWindow', () => {
  test('moves one step at a time over the bare input unless told otherwise', () => {
    expect(readWindow('conv2d', [3, 4], image)).toEqual([
      { axis: 'height', kernel: 3, stride: 1, dilation: 1, before: 0, after: 0 },
      { axis: 'width', kernel: 4, stride: 1, dilation: 1, before: 0, after: 0 },
    ]);
    expect(readWindow('conv1d', 4, signal)).toEqual([
      { axis: 'length', kernel: 4, stride: 1, dilation: 1, before: 0, after: 0 },
    ]);
  });

  test('takes all options by axis', () => {
    const options = { stride: [1, 2, 3], padding: [[1, 2], 3, 0], dilation: [4, 5, 6] } as const;
    expect(readWindow('conv3d', [7, 8, 9], volume, options)).toEqual([
      { axis: 'depth', kernel: 7, stride: 1, dilation: 4, before: 1, after: 2 },
      { axis: 'height', kernel: 8, stride: 2, dilation: 5, before: 3, after: 3 },
      { axis: 'width', kernel: 9, stride: 3, dilation: 6, before: 0, after: 0 },
    ]);
  });

  test("'same' allows for dilation", () => {
    const [vertical] = readWindow('conv2d', [4, 1], image, { padding: 'same', dilation: [3, 1] });
    expect([vertical.before, vertical.after]).toEqual([4, 5]);
  });

  test('every message of its own', () => {
    expect(
      messagesOf({
        'same with a stride': () => readWindow('op', 3, volume, { padding: 'same', stride: [1, 2, 1] }),
        'no kernel': () => readWindow('op', [3, 0], image),
        'no stride': () => readWindow('op', 3, image, { stride: 0 }),
        'no dilation': () => readWindow('op', 3, signal, { dilation: 0 }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "no dilation": "ValueError: op: dilation is 0; wanted a whole number of at least 1. Give dilation as a number.",
        "no kernel": "ValueError: op: kernelSize is [3,0]; wanted a whole number of at least 1, or 2 of them. Give kernelSize as a number, or as [height, width].",
        "no stride": "ValueError: op: stride is 0; wanted a whole number of at least 1, or 2 of them. Give stride as a number, or as [height, width].",
        "same with a stride": "ValueError: op: padding 'same' with the stride [1,2,1]; wanted a stride of 1 with 'same'. Give the padding in numbers.",
      }
    `);
  });
});

test('optionsOf gives what is read as the same window', () => {
  const window = readWindow('op', [3, 2], image, { stride: [1, 2], padding: [[0, 1], 2], dilation: [2, 1] });
  expect(readWindow('op', [3, 2], image, optionsOf(window))).toEqual(window);
  expect(optionsOf([still])).toEqual({ stride: [1], padding: [[0, 0]], dilation: [1] });
});
