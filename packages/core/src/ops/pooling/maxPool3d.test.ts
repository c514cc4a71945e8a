import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distinct } from '../../../test/distinct.ts';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, scattered } from '../../../test/numbers.ts';
import { naiveMaxPool, poolings, type RandomPooling } from '../../../test/pooling.ts';
import { sizeOf } from '../../authors/index.ts';
import { maxPool3d, maxPool3dWithIndices, type PoolOptions, Tape, tensor, zeros } from '../../index.ts';

const optionsOf = ({ shape: _, kernel, ...moves }: RandomPooling): PoolOptions => ({ kernelSize: kernel, ...moves });

describe('values', () => {
  test('by hand', () => {
    const x = tensor([1, 2, 3, 4, 5, 8, 7, 6], { shape: [1, 1, 2, 2, 2] });
    const { output, indices } = maxPool3dWithIndices(x, { kernelSize: 2 });
    expect([output.toList(), [...indices]]).toEqual([[[[[[8]]]]], [5]]);
    expect(maxPool3d(x, { kernelSize: [2, 1, 1] }).toList()).toEqual([
      [
        [
          [
            [5, 8],
            [7, 6],
          ],
        ],
      ],
    ]);
  });

  test.each(dataTypes)('and indices agree with the definition, ties among them, in %s', (dtype) => {
    fc.assert(
      fc.property(poolings(3, 4), fc.infiniteStream(fc.integer({ min: -3, max: 3 })), (pooling, digits) => {
        const { shape } = pooling;
        const x = tensor([...digits.take(sizeOf(shape))], { shape, dtype });
        const { output, indices } = maxPool3dWithIndices(x, optionsOf(pooling));
        const { values, chosen } = naiveMaxPool(x, output.shape, pooling);
        expect(output.dtype).toBe(dtype);
        expectClose(output, values, 0);
        expect(indices).toEqual(chosen);
        expectClose(maxPool3d(scattered(x), optionsOf(pooling)), output, 0);
      }),
    );
  });

  test('of one number, of none', () => {
    expect(maxPool3d([[[[[7]]]]], { kernelSize: 1 }).toList()).toEqual([[[[[7]]]]]);
    expect(maxPool3d(zeros([0, 2, 4, 2, 2]), { kernelSize: 2 }).shape).toEqual([0, 2, 2, 1, 1]);
  });

  test('a NaN wins, the first in reading order; a block of padding alone gives -Infinity and no index', () => {
    const x = tensor([1, 2, Number.NaN, 4, Number.NaN, 8, Infinity, 6], { shape: [1, 1, 2, 2, 2] });
    const { output, indices } = maxPool3dWithIndices(x, { kernelSize: 2 });
    expect([output.toList(), [...indices]]).toEqual([[[[[[Number.NaN]]]]], [2]]);
    const hollow = { kernelSize: [1, 1, 2], stride: [1, 1, 4], dilation: [1, 1, 4], padding: [0, 0, 2] };
    const none = maxPool3dWithIndices([[[[[7]]]]], hollow);
    expect([none.output.toList(), [...none.indices]]).toEqual([[[[[[-Infinity]]]]], [-1]]);
    expect(gradientsOf((x) => maxPool3d(x, hollow), [[[[[[7]]]]]])).toEqual([[[[[[0]]]]]]);
  });
});

test('is not computed before somebody asks for numbers', () => {
  using tape = new Tape();
  const y = maxPool3d(tape.watch(tensor([1, 2, 3, 4, 5, 8, 7, 6], { shape: [1, 1, 2, 2, 2] })), { kernelSize: 2 });
  expect(y.isComputed).toBe(false);
  expect(y.toFlatArray()).toEqual(Float32Array.of(8));
});

describe('gradient', () => {
  test.each<[string, PoolOptions]>([
    ['side by side', { kernelSize: 2 }],
    ['overlapping, padded, dilated', { kernelSize: [2, 3, 2], stride: [2, 1, 1], padding: 1, dilation: [1, 1, 2] }],
    ['over the edge', { kernelSize: [2, 2, 3], ceilMode: true }],
  ])('agrees with differences, once and twice: %s', (_, options) => {
    checkDerivatives((x) => maxPool3d(x, options), [distinct([1, 2, 3, 3, 4])]);
  });

  test('goes to the first of equals in reading order', () => {
    const x = tensor(new Float64Array([0, 1, 2, 2, 2, 0, 0, 2]), { shape: [1, 1, 2, 2, 2] });
    const [gradient] = gradientsOf((x) => maxPool3d(x, { kernelSize: 2 }), [x]);
    expect(gradient).toEqual(tensor([0, 0, 1, 0, 0, 0, 0, 0], { shape: x.shape }).toList());
  });
});

test('every message', () => {
  const x = zeros([1, 1, 5, 5, 5]);
  expect(
    messagesOf({
      'an image': () => maxPool3d(zeros([1, 1, 5, 5]), { kernelSize: 2 }),
      'a window larger than the volume': () => maxPool3d(x, { kernelSize: [6, 2, 2] }),
      'padding as large as the window': () => maxPool3d(x, { kernelSize: 2, padding: [0, 2, 0] }),
      'a window for an image': () => maxPool3d(x, { kernelSize: [2, 2] }),
      'negative stride': () => maxPool3d(x, { kernelSize: 2, stride: -1 }),
      'padding for two axes': () => maxPool3d(x, { kernelSize: 2, padding: [1, 1] }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a window for an image": "ValueError: maxPool3d: kernelSize is [2,2]; wanted a whole number of at least 1, or 3 of them. Give kernelSize as a number, or as [depth, height, width].",
      "a window larger than the volume": "ShapeError: maxPool3d: depth 5 with padding 0 + 0 under a window of 6; wanted an input at least as large as the window. Use a kernel of at most 5, or more padding.",
      "an image": "ShapeError: maxPool3d: x is [1, 1, 5, 5]; wanted [batch, channels, depth, height, width]. Reshape it; a single input needs a batch axis of length 1.",
      "negative stride": "ValueError: maxPool3d: stride is -1; wanted a whole number of at least 1, or 3 of them. Give stride as a number, or as [depth, height, width].",
      "padding as large as the window": "ValueError: maxPool3d: padding is [0,2,0], kernelSize is 2; wanted padding smaller than the window, so that none holds padding alone. Use less padding or a larger kernel.",
      "padding for two axes": "ValueError: maxPool3d: padding is [1,1]; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, or for each of [depth, height, width] a number or [before, after].",
    }
  `);
});
