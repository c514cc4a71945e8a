import { expect, test } from 'vitest';
import { messagesOf } from '../../../test/messages.ts';
import { type PoolOptions, poolingSizes } from './poolingSizes.ts';

test('gives the sizes in the order in which the kernels take them', () => {
  const options = {
    kernelSize: [2, 3],
    stride: [1, 2],
    padding: [
      [1, 0],
      [2, 1],
    ],
    dilation: [2, 1],
  } as const;
  const { shape, sizes } = poolingSizes('maxPool2d', [4, 3, 9, 10], options);
  const [planes, height, width, outHeight, outWidth, ...window] = sizes;
  expect(shape).toEqual([4, 3, 8, 6]);
  expect({ planes, height, width, outHeight, outWidth }).toEqual({
    planes: 12,
    height: 9,
    width: 10,
    outHeight: 8,
    outWidth: 6,
  });
  expect(window).toEqual([2, 3, 1, 2, 1, 2, 2, 1]);
});

test('windows lie side by side unless there is a stride', () => {
  expect(poolingSizes('maxPool2d', [1, 1, 6, 6], { kernelSize: [2, 3] }).shape).toEqual([1, 1, 3, 2]);
  expect(poolingSizes('maxPool2d', [1, 1, 6, 6], { kernelSize: [2, 3], stride: 1 }).shape).toEqual([1, 1, 5, 4]);
});

test('every message', () => {
  const sizes = (options: PoolOptions, x = [1, 1, 6, 6]) => poolingSizes('avgPool2d', x, options);
  expect(
    messagesOf({
      'images without a batch': () => sizes({ kernelSize: 2 }, [6, 6]),
      'kernel of 0': () => sizes({ kernelSize: [2, 0] }),
      'stride of 0': () => sizes({ kernelSize: 2, stride: 0 }),
      'window larger than the image': () => sizes({ kernelSize: 7 }),
      'padding as large as the window': () => sizes({ kernelSize: [2, 3], padding: [2, 1] }),
      'padding behind as large as the window': () =>
        sizes({
          kernelSize: 3,
          padding: [
            [0, 3],
            [0, 0],
          ],
        }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "images without a batch": "ShapeError: avgPool2d: x is [6, 6]; wanted [batch, channels, height, width]. Reshape it; a single image needs a batch axis of length 1.",
      "kernel of 0": "ValueError: avgPool2d: kernelSize is [2,0]; wanted a whole number of at least 1, or two of them. Give kernelSize as a number, or as [vertical, horizontal].",
      "padding as large as the window": "ValueError: avgPool2d: padding is [2,1], kernelSize is [2,3]; wanted padding smaller than the window, so that none holds padding alone. Use less padding or a larger kernel.",
      "padding behind as large as the window": "ValueError: avgPool2d: padding is [[0,3],[0,0]], kernelSize is 3; wanted padding smaller than the window, so that none holds padding alone. Use less padding or a larger kernel.",
      "stride of 0": "ValueError: avgPool2d: stride is 0; wanted a whole number of at least 1, or two of them. Give stride as a number, or as [vertical, horizontal].",
      "window larger than the image": "ShapeError: avgPool2d: height 6 with padding 0 + 0 under a window of 7; wanted an image at least as large as the window. Use a kernel of at most 6, or more padding.",
    }
  `);
});
