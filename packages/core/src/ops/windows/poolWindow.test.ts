import { expect, test } from 'vitest';
import { messagesOf } from '../../../test/messages.ts';
import { image, signal } from './axes.ts';
import { asImagePool, type PoolOptions, poolWindow } from './poolWindow.ts';
import { still } from './window.ts';

test('the stride is the kernel size unless told otherwise', () => {
  const read = (stride?: number) => poolWindow('maxPool2d', [1, 1, 6, 6], image, { kernelSize: [2, 3], stride });
  expect(read().window.map(({ stride }) => stride)).toEqual([2, 3]);
  expect(read().lengths).toEqual([3, 2]);
  expect(read(1).window.map(({ stride }) => stride)).toEqual([1, 1]);
  expect(read(1).lengths).toEqual([5, 4]);
});

test('ceil mode lets a last window hang over the edge', () => {
  const lengths = (ceilMode: boolean) => poolWindow('op', [1, 1, 5], signal, { kernelSize: 2, ceilMode }).lengths;
  expect([lengths(false), lengths(true)]).toEqual([[2], [3]]);
});

test('asImagePool gives the options of a pooling of images', () => {
  const along = { axis: 'length', kernel: 3, stride: 2, dilation: 4, before: 5, after: 6 };
  const padding = [
    [0, 0],
    [5, 6],
  ];
  expect(asImagePool(still, along)).toEqual({ kernelSize: [1, 3], stride: [1, 2], padding, dilation: [1, 4] });
  expect(asImagePool(along, still).kernelSize).toEqual([3, 1]);
});

test('every message of its own', () => {
  const read = (options: PoolOptions, x = [1, 1, 6, 6]) => poolWindow('avgPool2d', x, image, options);
  expect(
    messagesOf({
      'images without a batch': () => read({ kernelSize: 2 }, [6, 6]),
      'no kernel size': () => read({} as never),
      'stride of 0': () => read({ kernelSize: 2, stride: 0 }),
      'window larger than the image': () => read({ kernelSize: 7 }),
      'padding as large as the window': () => read({ kernelSize: [2, 3], padding: [2, 1] }),
      'padding behind as large as the window': () => read({ kernelSize: 3, padding: [[0, 3], 0] }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "images without a batch": "ShapeError: avgPool2d: x is [6, 6]; wanted [batch, channels, height, width]. Reshape it; a single input needs a batch axis of length 1.",
      "no kernel size": "ValueError: avgPool2d: kernelSize is undefined; wanted a whole number of at least 1, or 2 of them. Give kernelSize as a number, or as [height, width].",
      "padding as large as the window": "ValueError: avgPool2d: padding is [2,1], kernelSize is [2,3]; wanted padding smaller than the window, so that none holds padding alone. Use less padding or a larger kernel.",
      "padding behind as large as the window": "ValueError: avgPool2d: padding is [[0,3],0], kernelSize is 3; wanted padding smaller than the window, so that none holds padding alone. Use less padding or a larger kernel.",
      "stride of 0": "ValueError: avgPool2d: stride is 0; wanted a whole number of at least 1, or 2 of them. Give stride as a number, or as [height, width].",
      "window larger than the image": "ShapeError: avgPool2d: height 6 with padding 0 + 0 under a window of 7; wanted an input at least as large as the window. Use a kernel of at most 6, or more padding.",
    }
  `);
});
