import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { gradientTensors } from '../../../test/gradients.ts';
import { type RandomWindow, windows } from '../../../test/images.ts';
import { dataTypes, double, positions, scattered, uniform } from '../../../test/numbers.ts';
import { conv2d, multiply, slice, sum, type Tensor, tensor, transpose, zeros } from '../../index.ts';

interface Convolution extends RandomWindow {
  readonly outPerGroup: number;
  readonly groups: number;
}

const convolutions: fc.Arbitrary<Convolution> = fc
  .tuple(windows, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 }))
  .map(([window, outPerGroup, groups]) => ({ ...window, outPerGroup, groups }));

/** An input, a weight and a bias for a convolution; `channels` counts those of one group. */
function numbersFor({ batch, channels, height, width, kernel, outPerGroup, groups }: Convolution) {
  return {
    x: uniform([batch, channels * groups, height, width], { seed: 1 }),
    weight: uniform([outPerGroup * groups, channels, ...kernel], { seed: 2 }),
    bias: uniform([outPerGroup * groups], { seed: 3 }),
  };
}

/** How it is told to `conv2d`. */
function optionsOf({ stride, padding, dilation, groups }: Convolution) {
  return { stride, padding, dilation, groups };
}

/** The formula of the convolution as six loops, with zeros read outside of the image. */
function sixLoops(x: Tensor, weight: Tensor, bias: Tensor, { stride, dilation, padding, groups }: Convolution): Tensor {
  const [batch, , height, width] = x.shape;
  const [out, perGroup, ...kernel] = weight.shape;
  const [outHeight, outWidth] = [height, width].map((length, axis) => {
    const extent = dilation[axis] * (kernel[axis] - 1) + 1;
    return Math.floor((length + padding[axis][0] + padding[axis][1] - extent) / stride[axis]) + 1;
  });
  const pixel = (n: number, channel: number, row: number, column: number): number =>
    row < 0 || row >= height || column < 0 || column >= width ? 0 : x.view.get(n, channel, row, column);
  const shape = [batch, out, outHeight, outWidth];
  const y = [...positions(shape)].map(([n, o, r, c]) => {
    const firstChannel = Math.floor(o / (out / groups)) * perGroup;
    let total = 0;
    for (const [k, i, j] of positions([perGroup, ...kernel])) {
      const row = r * stride[0] + i * dilation[0] - padding[0][0];
      const column = c * stride[1] + j * dilation[1] - padding[1][0];
      total += weight.view.get(o, k, i, j) * pixel(n, firstChannel + k, row, column);
    }
    return total + bias.view.get(o);
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
          [7, 8, 9],
        ],
      ],
    ];
    const weight = [
      [
        [
          [1, 0],
          [0, -1],
        ],
      ],
    ];
    expect(conv2d(x, weight).toList()).toEqual([
      [
        [
          [-4, -4],
          [-4, -4],
        ],
      ],
    ]);
    expect(conv2d(x, weight, { bias: [10], stride: 2 }).toList()).toEqual([[[[6]]]]);
  });

  test.each(dataTypes)('agree with six loops, in %s', (dtype) => {
    const tolerance = dtype === 'float64' ? 1e-14 : 1e-6;
    fc.assert(
      fc.property(convolutions, (convolution) => {
        const numbers = numbersFor(convolution);
        const [x, weight, bias] = [numbers.x, numbers.weight, numbers.bias].map((array) => tensor(array, { dtype }));
        const y = conv2d(x, weight, { ...optionsOf(convolution), bias });
        expect(y.dtype).toBe(dtype);
        expectClose(y, sixLoops(x, weight, bias, convolution), tolerance);
      }),
    );
  });

  test('of many channels and positions, in numbers that four does not divide', () => {
    const convolution: Convolution = {
      ...{ batch: 2, channels: 7, height: 11, width: 13, outPerGroup: 9, groups: 1 },
      ...{
        kernel: [3, 5],
        stride: [1, 1],
        dilation: [1, 1],
        padding: [
          [1, 1],
          [2, 2],
        ],
      },
    };
    const { x, weight, bias } = numbersFor(convolution);
    const wanted = sixLoops(tensor(x), tensor(weight), tensor(bias), convolution);
    expectClose(conv2d(x, weight, { ...optionsOf(convolution), bias }), wanted, 1e-13);
  });

  test('are the same wherever the inputs lie in memory', () => {
    fc.assert(
      fc.property(convolutions, (convolution) => {
        const numbers = numbersFor(convolution);
        const [x, weight, bias] = [numbers.x, numbers.weight, numbers.bias].map((array) => tensor(array));
        const y = conv2d(scattered(x), scattered(weight), { ...optionsOf(convolution), bias: scattered(bias) });
        expectClose(y, conv2d(x, weight, { ...optionsOf(convolution), bias }), 0);
      }),
      { numRuns: 30 },
    );
  });

  test('of a transposed and sliced view', () => {
    const x = uniform([5, 6, 2, 2]);
    const view = slice(transpose(double(x)), [null, null, [1, -1], [0, 5, 2]]);
    const weight = double(uniform([3, 2, 2, 2], { seed: 2 }));
    expect(conv2d(view, weight).shape).toEqual([2, 3, 3, 2]);
    expectClose(conv2d(view, weight), conv2d(view.toNdarray(), weight), 0);
  });

  test('on an empty batch, no input channels or no output channels', () => {
    expect(conv2d(zeros([0, 1, 3, 3]), zeros([2, 1, 2, 2])).shape).toEqual([0, 2, 2, 2]);
    expect(conv2d(zeros([1, 0, 2, 2]), zeros([1, 0, 2, 2]), { bias: [3] }).toList()).toEqual([[[[3]]]]);
    expect(conv2d(zeros([1, 1, 2, 2]), zeros([0, 1, 2, 2])).shape).toEqual([1, 0, 1, 1]);
  });
});

describe('options', () => {
  const x = double(uniform([1, 2, 5, 6]));
  const weight = double(uniform([4, 2, 3, 3], { seed: 2 }));

  test('one number stands for both axes and all sides', () => {
    const short = conv2d(x, weight, { stride: 2, padding: 1, dilation: 2 });
    const pairs = conv2d(x, weight, { stride: [2, 2], padding: [1, 1], dilation: [2, 2] });
    const sides = conv2d(x, weight, {
      stride: 2,
      dilation: 2,
      padding: [
        [1, 1],
        [1, 1],
      ],
    });
    expectClose(pairs, short, 0);
    expectClose(sides, short, 0);
  });

  test("'valid' is no padding, 'same' keeps the size with the odd cell at the bottom and at the right", () => {
    expectClose(conv2d(x, weight, { padding: 'valid' }), conv2d(x, weight), 0);
    const even = double(uniform([1, 2, 2, 4], { seed: 3 }));
    expect(conv2d(x, even, { padding: 'same' }).shape).toEqual([1, 1, 5, 6]);
    expectClose(
      conv2d(x, even, { padding: 'same' }),
      conv2d(x, even, {
        padding: [
          [0, 1],
          [1, 2],
        ],
      }),
      0,
    );
    const wide = { padding: 'same', dilation: 3 } as const;
    expectClose(
      conv2d(x, even, wide),
      conv2d(x, even, {
        padding: [
          [1, 2],
          [4, 5],
        ],
        dilation: 3,
      }),
      0,
    );
  });

  test('as many groups as channels is depthwise: each filter sees one channel', () => {
    const filters = double(uniform([2, 1, 3, 3], { seed: 3 }));
    const y = conv2d(x, filters, { groups: 2 });
    for (const channel of [0, 1]) {
      const one: [number, number] = [channel, channel + 1];
      expectClose(slice(y, [null, one]), conv2d(slice(x, [null, one]), slice(filters, [one])), 0);
    }
  });
});

describe('numbers at the ends of the line', () => {
  test('NaN and infinities reach the positions whose window holds them, and no others', () => {
    const ones = [[[[1, 1]]]];
    expect(conv2d([[[[1, Number.NaN, 2, 3]]]], ones).toList()).toEqual([[[[Number.NaN, Number.NaN, 5]]]]);
    expect(conv2d([[[[1, Infinity, 2, 3]]]], ones).toList()).toEqual([[[[Infinity, Infinity, 5]]]]);
    expect(conv2d([[[[-Infinity, Infinity, 2]]]], ones).toList()).toEqual([[[[Number.NaN, Infinity]]]]);
  });

  test('0·Infinity is NaN, as IEEE 754 says, also where one of the two is a zero of the padding', () => {
    expect(conv2d([[[[Infinity, 1]]]], [[[[0, 1]]]]).toList()).toEqual([[[[Number.NaN]]]]);
    expect(conv2d([[[[1, 1]]]], [[[[Infinity, 1]]]], { padding: [0, 1] }).toList()).toEqual([
      [[[Number.NaN, Infinity, Infinity]]],
    ]);
  });
});

test('its derivative by x is its transpose: <conv(x), y> = <x, ∂x(y)>, and likewise by the weight', () => {
  fc.assert(
    fc.property(convolutions, (convolution) => {
      const { x, weight } = numbersFor(convolution);
      const output = conv2d(x, weight, optionsOf(convolution));
      const y = uniform(output.shape, { seed: 4 });
      const wanted = sum(multiply(output, y)).item();
      const f = (x: Tensor, weight: Tensor): Tensor => conv2d(x, weight, optionsOf(convolution));
      const [byX, byWeight] = gradientTensors(f, [x, weight], [...y.data]);
      expect(sum(multiply(byX, x)).item()).toBeCloseTo(wanted, 11);
      expect(sum(multiply(byWeight, weight)).item()).toBeCloseTo(wanted, 11);
    }),
    { numRuns: 50 },
  );
});
