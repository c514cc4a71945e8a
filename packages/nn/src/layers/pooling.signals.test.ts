import { type AvgPoolOptions, avgPool1d, maxPool1d, type PoolOptions, Random, tensor, zeros } from '@tapegrad/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { AvgPool1d, MaxPool1d } from './pooling.ts';

const context = { name: 'pool1', random: new Random(1), dtype: 'float32' } as const;
const x = tensor(uniform([2, 3, 11]));

const poolings: fc.Arbitrary<PoolOptions> = fc.integer({ min: 1, max: 3 }).chain((kernelSize) =>
  fc.record(
    {
      kernelSize: fc.constant(kernelSize),
      stride: fc.integer({ min: 1, max: 4 }),
      padding: fc.nat(kernelSize - 1),
      ceilMode: fc.boolean(),
    },
    { requiredKeys: ['kernelSize'] },
  ),
);

test('MaxPool1d is `maxPool1d` with its options', () => {
  const options: PoolOptions = { kernelSize: 3, stride: 2, padding: [1, 0], dilation: 2, ceilMode: true };
  expectSame(new MaxPool1d(options).call(x), maxPool1d(x, options));
});

test('AvgPool1d is `avgPool1d` with its options', () => {
  const options: AvgPoolOptions = { kernelSize: 3, stride: 2, padding: 1, countIncludePad: false };
  expectSame(new AvgPool1d(options).call(x), avgPool1d(x, options));
});

describe.each([
  { type: 'MaxPool1d', Pool: MaxPool1d },
  { type: 'AvgPool1d', Pool: AvgPool1d },
])('$type', ({ type, Pool }) => {
  test('says what it is, and learns nothing', () => {
    const { type: own, kind, parameters } = new Pool({ kernelSize: 2 });
    expect({ own, kind, parameters }).toEqual({ own: type, kind: 'pool', parameters: [] });
  });

  test('knows the shape of its outputs beforehand', () => {
    fc.assert(
      fc.property(poolings, fc.integer({ min: 3, max: 9 }), (options, length) => {
        const pool = new Pool(options);
        const outputShape = pool.build([2, length], context);
        expect(pool.call(zeros([1, 2, length])).shape).toEqual([1, ...outputShape]);
      }),
    );
  });

  test('refuses, when it is built, what it could not be called with', () => {
    expect(
      messagesOf({
        'flat inputs': () => new Pool({ kernelSize: 2 }).build([75], context),
        'a kernel too large': () => new Pool({ kernelSize: 6 }).build([3, 5], context),
      }),
    ).toEqual({
      'flat inputs':
        'ShapeError: pool1: inputs of shape [75]; wanted [channels, length], without the batch axis. Put the layer before Flatten, or give the model inputs with a channel axis.',
      'a kernel too large':
        'ShapeError: pool1: length 5 with padding 0 + 0 under a window of 6; wanted an input at least as large as the window. Use a kernel of at most 5, or more padding.',
    });
  });
});
