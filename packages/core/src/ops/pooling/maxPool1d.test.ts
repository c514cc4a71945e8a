import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distinct } from '../../../test/distinct.ts';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, scattered } from '../../../test/numbers.ts';
import { naiveMaxPool, poolings, type RandomPooling } from '../../../test/pooling.ts';
import { sizeOf } from '../../authors/index.ts';
import { maxPool1d, maxPool1dWithIndices, type PoolOptions, Tape, tensor, zeros } from '../../index.ts';

const optionsOf = ({ kernel, stride, padding, dilation, ceilMode }: RandomPooling): PoolOptions => ({
  kernelSize: kernel[0],
  stride: stride[0],
  padding: padding[0],
  dilation: dilation[0],
  ceilMode,
});

describe('values', () => {
  test('by hand', () => {
    const x = [[[1, 3, 2, 5, 4]]];
    expect(maxPool1d(x, { kernelSize: 2 }).toList()).toEqual([[[3, 5]]]);
    expect(maxPool1d(x, { kernelSize: 2, stride: 1 }).toList()).toEqual([[[3, 3, 5, 5]]]);
    expect(maxPool1d(x, { kernelSize: 2, ceilMode: true }).toList()).toEqual([[[3, 5, 4]]]);
    expect(maxPool1d(x, { kernelSize: 3, stride: 1, padding: 'same' }).toList()).toEqual([[[3, 3, 5, 5, 5]]]);
    expect(maxPool1d(x, { kernelSize: 3, stride: 1, padding: 'valid' }).toList()).toEqual([[[3, 5, 5]]]);
  });

  test.each(dataTypes)('and indices agree with the definition, ties among them, in %s', (dtype) => {
    fc.assert(
      fc.property(poolings(1, 9), fc.infiniteStream(fc.integer({ min: -3, max: 3 })), (pooling, digits) => {
        const { shape } = pooling;
        const x = tensor([...digits.take(sizeOf(shape))], { shape, dtype });
        const { output, indices } = maxPool1dWithIndices(x, optionsOf(pooling));
        const { values, chosen } = naiveMaxPool(x, output.shape, pooling);
        expect(output.dtype).toBe(dtype);
        expectClose(output, values, 0);
        expect(indices).toEqual(chosen);
        expectClose(maxPool1d(scattered(x), optionsOf(pooling)), output, 0);
      }),
    );
  });

  test('of one number, of none, of the largest numbers there are', () => {
    expect(maxPool1d([[[7]]], { kernelSize: 1 }).toList()).toEqual([[[7]]]);
    expect(maxPool1d(zeros([0, 2, 4]), { kernelSize: 2 }).shape).toEqual([0, 2, 2]);
    expect(maxPool1d([[[-Infinity, -3e38, Infinity, 3]]], { kernelSize: 2 }).toList()).toEqual([
      [[Math.fround(-3e38), Infinity]],
    ]);
  });

  test('the first NaN of a window wins; padding never does', () => {
    const { output, indices } = maxPool1dWithIndices([[[1, Number.NaN, Infinity, Number.NaN]]], { kernelSize: 4 });
    expect([output.toList(), [...indices]]).toEqual([[[[Number.NaN]]], [1]]);
    expect(maxPool1d([[[-5, -7]]], { kernelSize: 3, padding: 1 }).toList()).toEqual([[[-5]]]);
  });
});

test('is not computed before somebody asks for numbers', () => {
  using tape = new Tape();
  const x = tape.watch(tensor([[[1, 3, 2, 5]]]));
  const y = maxPool1d(x, { kernelSize: 2 });
  expect(y.isComputed).toBe(false);
  expect(y.toList()).toEqual([[[3, 5]]]);
});

describe('gradient', () => {
  test.each<[string, PoolOptions]>([
    ['side by side', { kernelSize: 2 }],
    ['overlapping, padded, dilated', { kernelSize: 3, stride: 2, padding: [2, 1], dilation: 2 }],
    ['over the end', { kernelSize: 4, ceilMode: true }],
  ])('agrees with differences, once and twice: %s', (_, options) => {
    checkDerivatives((x) => maxPool1d(x, options), [distinct([2, 2, 7])]);
  });

  test('goes to the first of equals', () => {
    expect(gradientsOf((x) => maxPool1d(x, { kernelSize: 3 }), [[[[1, 2, 2]]]])).toEqual([[[[0, 1, 0]]]]);
  });
});

test('every message', () => {
  const x = zeros([1, 1, 5]);
  expect(
    messagesOf({
      'no batch': () => maxPool1d([1, 2], { kernelSize: 2 }),
      'a window larger than the signal': () => maxPool1d(x, { kernelSize: 6 }),
      'padding as large as the window': () => maxPool1d(x, { kernelSize: 2, padding: 2 }),
      'no window': () => maxPool1d(x, { kernelSize: 0 }),
      'negative stride': () => maxPool1d(x, { kernelSize: 2, stride: -1 }),
      'fractional dilation': () => maxPool1d(x, { kernelSize: 2, dilation: 0.5 }),
      'negative padding': () => maxPool1d(x, { kernelSize: 2, padding: -1 }),
      'same with a stride': () => maxPool1d(x, { kernelSize: 2, padding: 'same' }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a window larger than the signal": "ShapeError: maxPool1d: length 5 with padding 0 + 0 under a window of 6; wanted an input at least as large as the window. Use a kernel of at most 5, or more padding.",
      "fractional dilation": "ValueError: maxPool1d: dilation is 0.5; wanted a whole number of at least 1. Give dilation as a number.",
      "negative padding": "ValueError: maxPool1d: padding is -1; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number or [before, after].",
      "negative stride": "ValueError: maxPool1d: stride is -1; wanted a whole number of at least 1. Give stride as a number.",
      "no batch": "ShapeError: maxPool1d: x is [2]; wanted [batch, channels, length]. Reshape it; a single input needs a batch axis of length 1.",
      "no window": "ValueError: maxPool1d: kernelSize is 0; wanted a whole number of at least 1. Give kernelSize as a number.",
      "padding as large as the window": "ValueError: maxPool1d: padding is 2, kernelSize is 2; wanted padding smaller than the window, so that none holds padding alone. Use less padding or a larger kernel.",
      "same with a stride": "ValueError: maxPool1d: padding 'same' with the stride 2; wanted a stride of 1 with 'same'. Give the padding in numbers.",
    }
  `);
});
