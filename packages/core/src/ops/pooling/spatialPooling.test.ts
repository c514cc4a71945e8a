import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pools } from '../../../test/images.ts';
import { poolingAxes, poolingSizes } from '../../index.ts';
import { asImagePool } from './spatialPooling.ts';

const axes = ['height', 'width'] as const;

test('poolingAxes says of images what poolingSizes says', () => {
  fc.assert(
    fc.property(pools, ({ batch, channels, height, width, kernel, ...moves }) => {
      const [x, options] = [[batch, channels, height, width], { ...moves, kernelSize: kernel }];
      const wanted = poolingSizes('pool', x, options);
      expect(poolingAxes('pool', x, axes, options)).toEqual({ axes: wanted.axes, lengths: wanted.shape.slice(2) });
    }),
  );
});

test('the stride is the kernel size unless told otherwise', () => {
  const strides = (stride?: number) =>
    poolingAxes('pool', [1, 1, 9, 9], axes, { kernelSize: [2, 3], ...(stride && { stride }) }).axes.map(
      (axis) => axis.stride,
    );
  expect(strides()).toEqual([2, 3]);
  expect(strides(1)).toEqual([1, 1]);
});

test('asImagePool leaves a window in its row where there is no axis', () => {
  const axis = { kernel: 3, stride: 2, dilation: 4, before: 5, after: 6 };
  expect(asImagePool(null, axis)).toEqual({
    kernelSize: [1, 3],
    stride: [1, 2],
    padding: [
      [0, 0],
      [5, 6],
    ],
    dilation: [1, 4],
  });
  expect(asImagePool(axis, null).kernelSize).toEqual([3, 1]);
});
