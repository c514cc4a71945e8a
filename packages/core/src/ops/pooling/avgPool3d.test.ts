import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, scattered, uniform } from '../../../test/numbers.ts';
import { naiveAvgPool, poolings } from '../../../test/pooling.ts';
import { type AvgPoolOptions, avgPool3d, tensor, zeros } from '../../index.ts';

describe('values', () => {
  test('by hand', () => {
    const x = tensor([1, 2, 3, 4, 5, 8, 7, 6], { shape: [1, 1, 2, 2, 2] });
    expect(avgPool3d(x, { kernelSize: 2 }).toList()).toEqual([[[[[4.5]]]]]);
    expect(avgPool3d(x, { kernelSize: [2, 1, 1] }).toList()).toEqual([
      [
        [
          [
            [3, 5],
            [5, 5],
          ],
        ],
      ],
    ]);
  });

  test.each(dataTypes)('agree with the definition, in %s', (dtype) => {
    const tolerance = dtype === 'float64' ? 1e-14 : 1e-6;
    fc.assert(
      fc.property(poolings(3, 4), fc.boolean(), (pooling, countIncludePad) => {
        const x = tensor(uniform(pooling.shape), { dtype });
        const options = {
          kernelSize: pooling.kernel,
          stride: pooling.stride,
          dilation: pooling.dilation,
          padding: pooling.padding,
          ceilMode: pooling.ceilMode,
          countIncludePad,
        };
        const y = avgPool3d(x, options);
        expect(y.dtype).toBe(dtype);
        expectClose(y, naiveAvgPool(x, y.shape, pooling, countIncludePad), tolerance);
        expectClose(avgPool3d(scattered(x), options), y, 0);
      }),
    );
  });

  test('of one number, of none', () => {
    expect(avgPool3d([[[[[7]]]]], { kernelSize: 1 }).toList()).toEqual([[[[[7]]]]]);
    expect(avgPool3d(zeros([0, 2, 4, 2, 2]), { kernelSize: 2 }).shape).toEqual([0, 2, 2, 1, 1]);
  });
});

describe('gradient', () => {
  test.each<[string, AvgPoolOptions]>([
    ['side by side', { kernelSize: 2 }],
    ['overlapping, padded', { kernelSize: [2, 3, 2], stride: [2, 1, 1], padding: 1 }],
    ['over the edge', { kernelSize: [2, 2, 3], ceilMode: true, padding: [1, 0, 1], countIncludePad: false }],
  ])('agrees with differences, once and twice: %s', (_, options) => {
    checkDerivatives((x) => avgPool3d(x, options), [uniform([1, 2, 3, 3, 4])]);
  });
});

test('every message', () => {
  const x = zeros([1, 1, 5, 5, 5]);
  expect(
    messagesOf({
      'an image': () => avgPool3d(zeros([1, 1, 5, 5]), { kernelSize: 2 }),
      'a window larger than the volume': () => avgPool3d(x, { kernelSize: [6, 2, 2] }),
      'padding as large as the window': () => avgPool3d(x, { kernelSize: 2, padding: [0, 2, 0] }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a window larger than the volume": "ShapeError: avgPool3d: depth 5 with padding 0 + 0 under a window of 6; wanted an input at least as large as the window. Use a kernel of at most 5, or more padding.",
      "an image": "ShapeError: avgPool3d: x is [1, 1, 5, 5]; wanted [batch, channels, depth, height, width]. Reshape it; a single input needs a batch axis of length 1.",
      "padding as large as the window": "ValueError: avgPool3d: padding is [0,2,0], kernelSize is 2; wanted padding smaller than the window, so that none holds padding alone. Use less padding or a larger kernel.",
    }
  `);
});
