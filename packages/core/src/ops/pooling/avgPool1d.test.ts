import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, scattered, uniform } from '../../../test/numbers.ts';
import { naiveAvgPool, poolings } from '../../../test/pooling.ts';
import { type AvgPoolOptions, avgPool1d, tensor, zeros } from '../../index.ts';

describe('values', () => {
  test('by hand', () => {
    const x = [[[1, 3, 2, 5, 4]]];
    expect(avgPool1d(x, { kernelSize: 2 }).toList()).toEqual([[[2, 3.5]]]);
    expect(avgPool1d(x, { kernelSize: 2, ceilMode: true }).toList()).toEqual([[[2, 3.5, 4]]]);
    expect(avgPool1d(x, { kernelSize: 2, padding: 1 }).toList()).toEqual([[[0.5, 2.5, 4.5]]]);
    expect(avgPool1d(x, { kernelSize: 2, padding: 1, countIncludePad: false }).toList()).toEqual([[[1, 2.5, 4.5]]]);
  });

  test.each(dataTypes)('agree with the definition, in %s', (dtype) => {
    const tolerance = dtype === 'float64' ? 1e-14 : 1e-6;
    fc.assert(
      fc.property(poolings(1, 9), fc.boolean(), (pooling, countIncludePad) => {
        const x = tensor(uniform(pooling.shape), { dtype });
        const options = {
          kernelSize: pooling.kernel[0],
          stride: pooling.stride[0],
          dilation: pooling.dilation[0],
          padding: pooling.padding[0],
          ceilMode: pooling.ceilMode,
          countIncludePad,
        };
        const y = avgPool1d(x, options);
        expect(y.dtype).toBe(dtype);
        expectClose(y, naiveAvgPool(x, y.shape, pooling, countIncludePad), tolerance);
        expectClose(avgPool1d(scattered(x), options), y, 0);
      }),
    );
  });

  test('of one number, of none, of NaN and infinity', () => {
    expect(avgPool1d([[[7]]], { kernelSize: 1 }).toList()).toEqual([[[7]]]);
    expect(avgPool1d(zeros([0, 2, 4]), { kernelSize: 2 }).shape).toEqual([0, 2, 2]);
    const x = [[[1, Number.NaN, Infinity, 1, 2, 4]]];
    expect(avgPool1d(x, { kernelSize: 2 }).toList()).toEqual([[[Number.NaN, Infinity, 3]]]);
  });
});

describe('gradient', () => {
  test.each<[string, AvgPoolOptions]>([
    ['side by side', { kernelSize: 2 }],
    ['overlapping, padded', { kernelSize: 3, stride: 2, padding: [2, 1] }],
    ['over the end', { kernelSize: 4, ceilMode: true, padding: 1, countIncludePad: false }],
  ])('agrees with differences, once and twice: %s', (_, options) => {
    checkDerivatives((x) => avgPool1d(x, options), [uniform([2, 2, 7])]);
  });
});

test('every message', () => {
  const x = zeros([1, 1, 5]);
  expect(
    messagesOf({
      'no batch': () => avgPool1d([1, 2], { kernelSize: 2 }),
      'a window larger than the signal': () => avgPool1d(x, { kernelSize: 6 }),
      'padding as large as the window': () => avgPool1d(x, { kernelSize: 2, padding: 2 }),
      'negative stride': () => avgPool1d(x, { kernelSize: 2, stride: -1 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a window larger than the signal": "ShapeError: avgPool1d: length 5 with padding 0 + 0 under a window of 6; wanted an input at least as large as the window. Use a kernel of at most 5, or more padding.",
      "negative stride": "ValueError: avgPool1d: stride is -1; wanted a whole number of at least 1. Give stride as a number.",
      "no batch": "ShapeError: avgPool1d: x is [2]; wanted [batch, channels, length]. Reshape it; a single input needs a batch axis of length 1.",
      "padding as large as the window": "ValueError: avgPool1d: padding is 2, kernelSize is 2; wanted padding smaller than the window, so that none holds padding alone. Use less padding or a larger kernel.",
    }
  `);
});
