import { type AvgPool2dOptions, avgPool2d, maxPool2d, type PoolOptions, Random, tensor, zeros } from '@tapegrad/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { AvgPool2d, MaxPool2d } from './pooling.ts';

const context = { name: 'pool1', random: new Random(1), dtype: 'float32' } as const;
const x = tensor(uniform([2, 3, 7, 6]));

const poolings: fc.Arbitrary<PoolOptions> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .chain((kernelSize) =>
    fc.record(
      {
        kernelSize: fc.constant(kernelSize),
        stride: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
        padding: fc.tuple(fc.nat(kernelSize[0] - 1), fc.nat(kernelSize[1] - 1)),
        ceilMode: fc.boolean(),
      },
      { requiredKeys: ['kernelSize'] },
    ),
  );

describe('MaxPool2d', () => {
  test('is `maxPool2d` with its options', () => {
    const options: PoolOptions = { kernelSize: [3, 2], stride: 2, padding: [1, 0], dilation: [1, 2], ceilMode: true };
    expectSame(new MaxPool2d(options).call(x), maxPool2d(x, options));
    expect(new MaxPool2d(options).parameters).toEqual([]);
  });
});

describe('AvgPool2d', () => {
  test('is `avgPool2d` with its options', () => {
    const options: AvgPool2dOptions = { kernelSize: [3, 2], stride: 2, padding: [1, 0], countIncludePad: false };
    expectSame(new AvgPool2d(options).call(x), avgPool2d(x, options));
    expect(new AvgPool2d(options).parameters).toEqual([]);
  });
});

describe.each([
  { type: 'MaxPool2d', Pool: MaxPool2d },
  { type: 'AvgPool2d', Pool: AvgPool2d },
])('$type', ({ type, Pool }) => {
  test('says what it is', () => {
    const { type: own, kind } = new Pool({ kernelSize: 2 });
    expect({ own, kind }).toEqual({ own: type, kind: 'pool' });
  });

  test('knows the shape of its outputs beforehand', () => {
    fc.assert(
      fc.property(
        poolings,
        fc.integer({ min: 3, max: 9 }),
        fc.integer({ min: 3, max: 9 }),
        (options, height, width) => {
          const pool = new Pool(options);
          const outputShape = pool.build([2, height, width], context);
          expect(pool.call(zeros([1, 2, height, width])).shape).toEqual([1, ...outputShape]);
        },
      ),
    );
  });

  test('halves an image unless told otherwise, and may round up', () => {
    expect(new Pool({ kernelSize: 2 }).build([3, 7, 6], context)).toEqual([3, 3, 3]);
    expect(new Pool({ kernelSize: 2, ceilMode: true }).build([3, 7, 6], context)).toEqual([3, 4, 3]);
    expect(new Pool({ kernelSize: 2, stride: 1 }).build([3, 7, 6], context)).toEqual([3, 6, 5]);
  });

  test('refuses, when it is built, what it could not be called with', () => {
    const build = (options: PoolOptions, inputShape = [3, 5, 5]) => new Pool(options).build(inputShape, context);
    expect(
      messagesOf({
        'flat inputs': () => build({ kernelSize: 2 }, [75]),
        'no kernel': () => build({ kernelSize: 0 }),
        'a kernel too large': () => build({ kernelSize: 6 }),
        'windows of nothing but padding': () => build({ kernelSize: 2, padding: 2 }),
      }),
    ).toEqual({
      'flat inputs':
        'ShapeError: pool1: inputs of shape [75]; wanted [channels, height, width], without the batch axis. Put the layer before Flatten, or give the model inputs with a channel axis.',
      'no kernel':
        'ValueError: pool1: kernelSize is 0; wanted a whole number of at least 1, or 2 of them. Give kernelSize as a number, or as [height, width].',
      'a kernel too large':
        'ShapeError: pool1: height 5 with padding 0 + 0 under a window of 6; wanted an input at least as large as the window. Use a kernel of at most 5, or more padding.',
      'windows of nothing but padding':
        'ValueError: pool1: padding is 2, kernelSize is 2; wanted padding smaller than the window, so that none holds padding alone. Use less padding or a larger kernel.',
    });
  });
});
