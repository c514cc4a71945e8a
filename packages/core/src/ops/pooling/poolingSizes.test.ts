import { expect, test } from 'vitest';
import { poolingSizes } from './poolingSizes.ts';

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
