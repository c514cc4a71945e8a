import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { pools, type RandomPool } from '../../../test/images.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, positions, scattered, uniform } from '../../../test/numbers.ts';
import { type AvgPool2dOptions, avgPool2d, type Shape, type Tensor, tensor } from '../../index.ts';

type Averages = Pick<AvgPool2dOptions, 'countIncludePad' | 'divisorOverride'>;

const averages: fc.Arbitrary<Averages> = fc.record(
  { countIncludePad: fc.boolean(), divisorOverride: fc.constantFrom(-2, 3) },
  { requiredKeys: [] },
);

/** The definition, element by element: the numbers under the window, added and divided by how many count. */
function byDefinition(
  x: Tensor,
  { shape }: Tensor,
  { kernel, stride, dilation, padding }: RandomPool,
  options: Averages,
): Tensor {
  const [, , height, width] = x.shape;
  const [[top, bottom], [left, right]] = padding;
  const y = [...positions(shape)].map(([n, c, r, q]) => {
    let [total, inImage, inPadded] = [0, 0, 0];
    for (const [i, j] of positions(kernel)) {
      const [row, column] = [r * stride[0] + i * dilation[0] - top, q * stride[1] + j * dilation[1] - left];
      if (row < height + bottom && column < width + right) inPadded++;
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      inImage++;
      total += x.view.get(n, c, row, column);
    }
    const count = (options.countIncludePad ?? true) ? inPadded : inImage;
    // Under a window with gaps there may be padding alone; without padding that counts, it is 0.
    return count === 0 ? 0 : total / (options.divisorOverride ?? count);
  });
  return tensor(Float64Array.from(y), { shape });
}

describe('values', () => {
  test('by hand', () => {
    const x = [
      [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    ];
    expect(avgPool2d(x, { kernelSize: 2 }).toList()).toEqual([[[[3]]]]);
    expect(avgPool2d(x, { kernelSize: 2, stride: 1 }).toList()).toEqual([[[[3, 4]]]]);
    expect(avgPool2d(x, { kernelSize: 2, divisorOverride: 1, stride: 1 }).toList()).toEqual([[[[12, 16]]]]);
  });

  test('padding counts as zeros, unless told otherwise; what hangs over it never does', () => {
    const x = [[[[6, 6, 6]]]];
    const options = { kernelSize: [1, 2], padding: [0, 1] } as const;
    expect(avgPool2d(x, options).toList()).toEqual([[[[3, 6]]]]);
    expect(avgPool2d(x, { ...options, countIncludePad: false }).toList()).toEqual([[[[6, 6]]]]);
    expect(avgPool2d(x, { kernelSize: [1, 2], ceilMode: true }).toList()).toEqual([[[[6, 6]]]]);
  });

  test.each(dataTypes)('agree with the definition, in %s', (dtype) => {
    // The engine adds up in float32, and a divisor below 1 makes more of what that costs.
    const tolerance = dtype === 'float64' ? 1e-15 : 4e-6;
    fc.assert(
      fc.property(pools, averages, (pool, options) => {
        const { batch, channels, height, width, kernel, stride, dilation, padding, ceilMode } = pool;
        const x = tensor(uniform([batch, channels, height, width]), { dtype });
        const all: AvgPool2dOptions = { kernelSize: kernel, stride, dilation, padding, ceilMode, ...options };
        const y = avgPool2d(x, all);
        expect(y.dtype).toBe(dtype);
        expectClose(y, byDefinition(x, y, pool, options), tolerance);
        expectClose(avgPool2d(scattered(x), all), y, 0);
      }),
    );
  });

  test('NaN and infinities reach the positions whose window holds them, and no others', () => {
    const x = [[[[1, Infinity, 2, Number.NaN, 4, 6]]]];
    expect(avgPool2d(x, { kernelSize: [1, 2] }).toList()).toEqual([[[[Infinity, Number.NaN, 5]]]]);
  });

  test('a window with gaps reads every second number', () => {
    const options = { kernelSize: [1, 2], stride: 1, dilation: 2 } as const;
    expect(avgPool2d([[[[1, 3, 5, 9]]]], options).toList()).toEqual([[[[3, 6]]]]);
    const padded = { ...options, padding: [0, 2], countIncludePad: false } as const;
    expect(avgPool2d([[[[1, 3, Number.NaN]]]], padded).toList()).toEqual([[[[1, 3, Number.NaN, 3, Number.NaN]]]]);
  });

  test('an empty batch stays empty', () => {
    expect(avgPool2d(tensor([], { shape: [0, 2, 4, 4] }), { kernelSize: 2 }).shape).toEqual([0, 2, 2, 2]);
  });
});

describe('gradient', () => {
  const cases: [string, Shape, AvgPool2dOptions][] = [
    ['side by side', [2, 2, 4, 6], { kernelSize: 2 }],
    ['overlapping', [1, 2, 5, 5], { kernelSize: 3, stride: 1, padding: 1 }],
    [
      'without padding',
      [1, 1, 4, 5],
      {
        kernelSize: 3,
        padding: [
          [1, 0],
          [2, 1],
        ],
        countIncludePad: false,
      },
    ],
    ['over the edge', [1, 1, 5, 6], { kernelSize: [2, 4], ceilMode: true }],
    ['with gaps', [2, 1, 6, 5], { kernelSize: 2, dilation: [2, 3], stride: 1, padding: 1, ceilMode: true }],
    ['by another divisor', [1, 1, 4, 4], { kernelSize: 2, divisorOverride: 3 }],
  ];

  test.each(cases)('agrees with differences, once and twice: %s', (_, shape, options) => {
    const f = (x: Tensor): Tensor => avgPool2d(x, options);
    checkDerivatives(f, [uniform(shape)]);
  });

  test('is an equal share for every number under the window', () => {
    const f = (x: Tensor): Tensor => avgPool2d(x, { kernelSize: [1, 2], stride: 1 });
    expect(gradientsOf(f, [[[[[1, 3, 2]]]]], [10, 20])).toEqual([[[[[5, 15, 10]]]]]);
  });
});

test('every message', () => {
  const x = tensor(new Float32Array(25), { shape: [1, 1, 5, 5] });
  expect(
    messagesOf({
      'no batch': () =>
        avgPool2d(
          [
            [1, 2],
            [3, 4],
          ],
          { kernelSize: 2 },
        ),
      'a window larger than the image': () => avgPool2d(x, { kernelSize: [6, 2] }),
      'padding as large as the window': () => avgPool2d(x, { kernelSize: 2, padding: [0, 2] }),
      'a divisor of 0': () => avgPool2d(x, { kernelSize: 2, divisorOverride: 0 }),
      'a divisor that is no number': () => avgPool2d(x, { kernelSize: 2, divisorOverride: Number.NaN }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a divisor of 0": "ValueError: avgPool2d: divisorOverride is 0; wanted a number to divide by. Leave it out to divide by the number of elements.",
      "a divisor that is no number": "ValueError: avgPool2d: divisorOverride is NaN; wanted a number to divide by. Leave it out to divide by the number of elements.",
      "a window larger than the image": "ShapeError: avgPool2d: height 5 with padding 0 + 0 under a window of 6; wanted an input at least as large as the window. Use a kernel of at most 5, or more padding.",
      "no batch": "ShapeError: avgPool2d: x is [2, 2]; wanted [batch, channels, height, width]. Reshape it; a single input needs a batch axis of length 1.",
      "padding as large as the window": "ValueError: avgPool2d: padding is [0,2], kernelSize is 2; wanted padding smaller than the window, so that none holds padding alone. Use less padding or a larger kernel.",
    }
  `);
});
