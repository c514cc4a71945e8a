import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distinct } from '../../../test/distinct.ts';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { pools } from '../../../test/images.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, positions, scattered } from '../../../test/numbers.ts';
import { maxPool2d, maxPool2dWithIndices, type PoolOptions, type Shape, type Tensor, tensor } from '../../index.ts';

/** The definition, element by element: the first largest number under the window, in reading order, and where it stands. */
function byDefinition(x: Tensor, { shape }: Tensor, { kernelSize, stride, padding, dilation }: Window) {
  const [, , height, width] = x.shape;
  const found = [...positions(shape)].map(([n, c, r, q]) => {
    let best = { value: -Infinity, index: -1 };
    for (const [i, j] of positions(kernelSize)) {
      const row = r * stride[0] + i * dilation[0] - padding[0][0];
      const column = q * stride[1] + j * dilation[1] - padding[1][0];
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      const value = x.view.get(n, c, row, column);
      if (best.index === -1 || value > best.value) best = { value, index: row * width + column };
    }
    return best;
  });
  return {
    values: tensor(
      Float64Array.from(found, ({ value }) => value),
      { shape },
    ),
    chosen: Int32Array.from(found, ({ index }) => index),
  };
}

interface Window {
  readonly kernelSize: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly padding: readonly [readonly [number, number], readonly [number, number]];
}

describe('values', () => {
  test('by hand', () => {
    const x = [
      [
        [
          [1, 2, 5, 4],
          [3, 0, 1, 1],
        ],
      ],
    ];
    expect(maxPool2d(x, { kernelSize: 2 }).toList()).toEqual([[[[3, 5]]]]);
    expect(maxPool2d(x, { kernelSize: 2, stride: 1 }).toList()).toEqual([[[[3, 5, 5]]]]);
  });

  test.each(dataTypes)('and indices agree with the definition, ties among them, in %s', (dtype) => {
    fc.assert(
      fc.property(pools, fc.infiniteStream(fc.integer({ min: -3, max: 3 })), (pool, digits) => {
        const { batch, channels, height, width, kernel, ...moves } = pool;
        const shape = [batch, channels, height, width];
        const numbers = [...digits.take(batch * channels * height * width)];
        const x = tensor(numbers, { shape, dtype });
        const window = { ...moves, kernelSize: kernel };
        const { output, indices } = maxPool2dWithIndices(x, window);
        const { values, chosen } = byDefinition(x, output, window);
        expectClose(output, values, 0);
        expect(indices).toEqual(chosen);
        expectClose(maxPool2d(scattered(x), window), output, 0);
      }),
    );
  });

  test('padding never wins, not even over -Infinity', () => {
    const x = [[[[-5, -Infinity]]]];
    const { output, indices } = maxPool2dWithIndices(x, { kernelSize: [3, 1], padding: [1, 0] });
    expect(output.toList()).toEqual([[[[-5, -Infinity]]]]);
    expect([...indices]).toEqual([0, 1]);
  });

  test('a window of padding alone, as dilation makes possible, gives -Infinity and no index', () => {
    const options = {
      kernelSize: [1, 2],
      stride: [1, 4],
      dilation: [1, 4],
      padding: [
        [0, 0],
        [2, 2],
      ],
    } as const;
    const { output, indices } = maxPool2dWithIndices([[[[7]]]], options);
    expect(output.toList()).toEqual([[[[-Infinity]]]]);
    expect([...indices]).toEqual([-1]);
    expect(gradientsOf((x) => maxPool2d(x, options), [[[[[7]]]]])).toEqual([[[[[0]]]]]);
  });

  test('the first NaN of a window wins over all', () => {
    const x = [[[[1, Number.NaN, Infinity, Number.NaN]]]];
    const { output, indices } = maxPool2dWithIndices(x, { kernelSize: [1, 4] });
    expect(output.toList()).toEqual([[[[Number.NaN]]]]);
    expect([...indices]).toEqual([1]);
  });

  test('an empty batch stays empty', () => {
    expect(maxPool2d(tensor([], { shape: [0, 2, 4, 4] }), { kernelSize: 2 }).shape).toEqual([0, 2, 2, 2]);
  });
});

describe('gradient', () => {
  const cases: [string, Shape, PoolOptions][] = [
    ['side by side', [2, 2, 4, 6], { kernelSize: 2 }],
    ['overlapping', [1, 2, 5, 5], { kernelSize: 3, stride: 1, padding: 1 }],
    ['dilated', [1, 1, 7, 6], { kernelSize: 2, stride: [2, 1], dilation: [3, 2] }],
    ['over the edge', [1, 1, 5, 6], { kernelSize: [2, 4], ceilMode: true }],
  ];

  test.each(cases)('agrees with differences, once and twice: %s', (_, shape, options) => {
    const f = (x: Tensor): Tensor => maxPool2d(x, options);
    checkDerivatives(f, [distinct(shape)]);
  });

  test('goes to the first of equals in reading order', () => {
    expect(
      gradientsOf(
        (x) => maxPool2d(x, { kernelSize: 2 }),
        [
          [
            [
              [
                [1, 2],
                [2, 2],
              ],
            ],
          ],
        ],
      ),
    ).toEqual([
      [
        [
          [
            [0, 1],
            [0, 0],
          ],
        ],
      ],
    ]);
    const flat = [[[[-Infinity, -Infinity]]]];
    expect(gradientsOf((x) => maxPool2d(x, { kernelSize: [1, 2] }), [flat])).toEqual([[[[[1, 0]]]]]);
  });

  test('of a number that several windows chose is the sum of theirs', () => {
    const f = (x: Tensor): Tensor => maxPool2d(x, { kernelSize: [1, 2], stride: 1 });
    expect(gradientsOf(f, [[[[[1, 3, 2]]]]], [10, 20])).toEqual([[[[[0, 30, 0]]]]]);
  });
});

test('every message', () => {
  const x = tensor(new Float32Array(25), { shape: [1, 1, 5, 5] });
  expect(
    messagesOf({
      'no batch': () =>
        maxPool2d(
          [
            [1, 2],
            [3, 4],
          ],
          { kernelSize: 2 },
        ),
      'a window larger than the image': () => maxPool2d(x, { kernelSize: [2, 6] }),
      'padding as large as the window': () => maxPool2d(x, { kernelSize: 2, padding: 2 }),
      'negative stride': () => maxPool2d(x, { kernelSize: 2, stride: -1 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a window larger than the image": "ShapeError: maxPool2d: width 5 with padding 0 + 0 under a window of 6; wanted an input at least as large as the window. Use a kernel of at most 5, or more padding.",
      "negative stride": "ValueError: maxPool2d: stride is -1; wanted a whole number of at least 1, or 2 of them. Give stride as a number, or as [height, width].",
      "no batch": "ShapeError: maxPool2d: x is [2, 2]; wanted [batch, channels, height, width]. Reshape it; a single input needs a batch axis of length 1.",
      "padding as large as the window": "ValueError: maxPool2d: padding is 2, kernelSize is 2; wanted padding smaller than the window, so that none holds padding alone. Use less padding or a larger kernel.",
    }
  `);
});
