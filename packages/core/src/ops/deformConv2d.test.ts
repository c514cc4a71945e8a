import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convolutions, outputLengths, type RandomConvolution } from '../../test/convolutions.ts';
import { expectClose } from '../../test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../test/gradients.ts';
import { messagesOf } from '../../test/messages.ts';
import { dataTypes, double, places, scattered, uniform } from '../../test/numbers.ts';
import {
  conv2d,
  type DeformConv2dOptions,
  deformConv2d,
  full,
  gradcheck,
  multiply,
  ones,
  sum,
  type Tensor,
  tensor,
  zeros,
} from '../index.ts';

interface Deformed extends RandomConvolution {
  readonly offsetGroups: number;
}

const deformed: fc.Arbitrary<Deformed> = fc
  .tuple(convolutions(2, 5), fc.integer({ min: 1, max: 6 }))
  .map(([one, offsetGroups]) => ({ ...one, offsetGroups }))
  .filter(({ perGroup, groups, offsetGroups }) => (perGroup * groups) % offsetGroups === 0);

const optionsOf = ({ stride, dilation, padding, groups, offsetGroups }: Deformed): DeformConv2dOptions => ({
  stride: [stride[0], stride[1]],
  dilation: [dilation[0], dilation[1]],
  padding: [padding[0], padding[1]],
  groups,
  offsetGroups,
});

/** Inputs in the order x, offset, weight, mask, bias. */
function numbersFor(one: Deformed) {
  const { batch, perGroup, outPerGroup, groups, lengths, kernel, offsetGroups } = one;
  const moved = offsetGroups * kernel[0] * kernel[1];
  return [
    uniform([batch, perGroup * groups, ...lengths], { seed: 1 }),
    uniform([batch, 2 * moved, ...outputLengths(one)], { seed: 2, low: -2, high: 2 }),
    uniform([outPerGroup * groups, perGroup, ...kernel], { seed: 3 }),
    uniform([batch, moved, ...outputLengths(one)], { seed: 4 }),
    uniform([outPerGroup * groups], { seed: 5 }),
  ];
}

/** The formula: one loop for each sum, with x read between the pixels by the areas of the rectangles opposite. */
function naive(
  [x, offset, weight, mask, bias]: readonly (Tensor | undefined)[],
  { stride, dilation, padding, groups, offsetGroups, lengths, kernel, ...rest }: Deformed,
): Tensor {
  if (!x || !offset || !weight) throw new Error('x, offset and weight are needed');
  const [outHeight, outWidth] = outputLengths({ stride, dilation, padding, groups, lengths, kernel, ...rest });
  const [height, width] = lengths;
  const pixel = (n: number, k: number, i: number, j: number): number =>
    i < 0 || i >= height || j < 0 || j >= width ? 0 : x.view.get(n, k, i, j);
  const sample = (n: number, k: number, row: number, column: number): number => {
    let total = 0;
    for (const i of [Math.floor(row), Math.floor(row) + 1]) {
      for (const j of [Math.floor(column), Math.floor(column) + 1]) {
        total += (1 - Math.abs(row - i)) * (1 - Math.abs(column - j)) * pixel(n, k, i, j);
      }
    }
    return total;
  };
  const shape = [x.shape[0], weight.shape[0], outHeight, outWidth];
  const y = [...places(shape)].map(([n, o, r, c]) => {
    const first = Math.floor(o / (weight.shape[0] / groups)) * weight.shape[1];
    let total = bias?.view.get(o) ?? 0;
    for (const [k, i, j] of places(weight.shape.slice(1))) {
      const offsetGroup = Math.floor((first + k) / (x.shape[1] / offsetGroups));
      const at = (offsetGroup * kernel[0] + i) * kernel[1] + j;
      const row = r * stride[0] + i * dilation[0] - padding[0][0] + offset.view.get(n, 2 * at, r, c);
      const column = c * stride[1] + j * dilation[1] - padding[1][0] + offset.view.get(n, 2 * at + 1, r, c);
      const factor = mask?.view.get(n, at, r, c) ?? 1;
      total += weight.view.get(o, k, i, j) * factor * sample(n, first + k, row, column);
    }
    return total;
  });
  return tensor(Float64Array.from(y), { shape });
}

describe('values', () => {
  test('by hand: a filter of one number follows its offset', () => {
    const x = [
      [
        [
          [1, 2],
          [3, 5],
        ],
      ],
    ];
    const offset = [
      [
        [
          [1, 0.5],
          [0, 0],
        ],
        [
          [0, 0],
          [1, 0.5],
        ],
      ],
    ];
    expect(deformConv2d(x, offset, [[[[2]]]]).toList()).toEqual([
      [
        [
          [6, 7],
          [10, 5],
        ],
      ],
    ]);
    const mask = [
      [
        [
          [1, 0],
          [0.5, 2],
        ],
      ],
    ];
    expect(deformConv2d(x, offset, [[[[2]]]], { mask, bias: [1] }).toList()).toEqual([
      [
        [
          [7, 1],
          [6, 11],
        ],
      ],
    ]);
  });

  test.each(dataTypes)('agree with loops, with mask and bias and without, in %s', (dtype) => {
    fc.assert(
      fc.property(deformed, (one) => {
        const inputs = numbersFor(one).map((array) => tensor(array, { dtype }));
        const [x, offset, weight, mask, bias] = inputs;
        const tolerance = dtype === 'float64' ? 1e-13 : 1e-5;
        const full = deformConv2d(x, offset, weight, { ...optionsOf(one), mask, bias });
        expect(full.dtype).toBe(dtype);
        expectClose(full, naive(inputs, one), tolerance);
        expectClose(deformConv2d(x, offset, weight, optionsOf(one)), naive([x, offset, weight], one), tolerance);
      }),
      { numRuns: 40 },
    );
  });

  test('are those of conv2d where nothing is moved, and zeros where everything is moved away', () => {
    fc.assert(
      fc.property(deformed, (one) => {
        const [x, offset, weight, mask] = numbersFor(one).map(double);
        const { offsetGroups: _, ...options } = optionsOf(one);
        const still = deformConv2d(x, zeros(offset.shape, 'float64'), weight, {
          ...optionsOf(one),
          mask: ones(mask.shape, 'float64'),
        });
        expectClose(still, conv2d(x, weight, options), 1e-14);
        const away = deformConv2d(x, full(offset.shape, 99.5, 'float64'), weight, optionsOf(one));
        expectClose(away, zeros(still.shape, 'float64'), 0);
      }),
      { numRuns: 30 },
    );
  });

  test('are the same wherever the inputs lie in memory', () => {
    const one: Deformed = {
      ...{ batch: 2, perGroup: 2, outPerGroup: 2, groups: 2, offsetGroups: 2, lengths: [4, 5] },
      ...{
        kernel: [2, 3],
        stride: [1, 1],
        dilation: [1, 1],
        padding: [
          [1, 0],
          [0, 1],
        ],
      },
    };
    const inputs = numbersFor(one).map(double);
    const from = ([x, offset, weight, mask, bias]: readonly Tensor[]) =>
      deformConv2d(x, offset, weight, { ...optionsOf(one), mask, bias });
    expectClose(from(inputs.map(scattered)), from(inputs), 0);
  });

  test('on an empty batch, one number, no channels', () => {
    expect(deformConv2d(zeros([0, 1, 3, 3]), zeros([0, 8, 2, 2]), zeros([2, 1, 2, 2])).shape).toEqual([0, 2, 2, 2]);
    expect(deformConv2d([[[[3]]]], [[[[0]], [[0.5]]]], [[[[2]]]]).toList()).toEqual([[[[3]]]]);
    const none = deformConv2d(zeros([1, 0, 1, 1]), zeros([1, 2, 1, 1]), zeros([1, 0, 1, 1]), { bias: [3] });
    expect(none.toList()).toEqual([[[[3]]]]);
  });
});

describe('derivatives', () => {
  const names = ['x', 'offset', 'weight', 'mask', 'bias'];
  const base: Deformed = {
    ...{ batch: 1, perGroup: 2, outPerGroup: 1, groups: 1, offsetGroups: 1, lengths: [4, 3] },
    ...{
      kernel: [2, 2],
      stride: [1, 1],
      dilation: [1, 1],
      padding: [
        [0, 0],
        [0, 0],
      ],
    },
  };

  test.each<[string, Partial<Deformed>]>([
    ['plain', {}],
    [
      'strided, padded, dilated',
      {
        stride: [2, 1],
        padding: [
          [1, 0],
          [2, 1],
        ],
        dilation: [1, 2],
      },
    ],
    [
      'groups, and other groups of offsets',
      { perGroup: 1, groups: 4, outPerGroup: 1, offsetGroups: 2, lengths: [3, 3] },
    ],
  ])('first and second, %s', (_, changes) => {
    const one = { ...base, ...changes };
    const f = (x: Tensor, offset: Tensor, weight: Tensor, mask: Tensor, bias: Tensor): Tensor =>
      deformConv2d(x, offset, weight, { ...optionsOf(one), mask, bias });
    expect(gradcheck(f, numbersFor(one), { names })).toMatchObject({ comparisons: 15, kinks: [] });
    checkDerivatives(f, numbersFor(one));
  });

  test('at a whole offset they are the difference to the next pixel, on the right and below', () => {
    const x = double([
      [
        [
          [1, 2, 4],
          [8, 16, 32],
        ],
      ],
    ]);
    const f = (offset: Tensor): Tensor => deformConv2d(x, offset, double([[[[1]]]]));
    const [byOffset] = gradientTensors(f, [zeros([1, 2, 2, 3], 'float64')]);
    expect(byOffset.toList()).toEqual([
      [
        [
          [7, 14, 28],
          [-8, -16, -32],
        ],
        [
          [1, 2, -4],
          [8, 16, -32],
        ],
      ],
    ]);
  });

  test('in x and in the weight it is linear: <deform(x), y> = <x, ∂x(y)> = <weight, ∂weight(y)>', () => {
    fc.assert(
      fc.property(deformed, (one) => {
        const [x, offset, weight, mask] = numbersFor(one);
        const f = (x: Tensor, weight: Tensor): Tensor => deformConv2d(x, offset, weight, { ...optionsOf(one), mask });
        const output = f(double(x), double(weight));
        const y = uniform(output.shape, { seed: 6 });
        const wanted = sum(multiply(output, y)).item();
        const [byX, byWeight] = gradientTensors(f, [x, weight], [...y.data]);
        expect(sum(multiply(byX, x)).item()).toBeCloseTo(wanted, 11);
        expect(sum(multiply(byWeight, weight)).item()).toBeCloseTo(wanted, 11);
      }),
      { numRuns: 30 },
    );
  });
});

test('every message', () => {
  const [x, offset, weight] = [zeros([2, 4, 5, 5]), zeros([2, 18, 3, 3]), zeros([8, 4, 3, 3])];
  expect(
    messagesOf({
      'x without batch': () => deformConv2d(zeros([4, 5, 5]), offset, weight),
      'weight without channels': () => deformConv2d(x, offset, zeros([4, 3, 3])),
      'other channels': () => deformConv2d(x, offset, zeros([8, 3, 3, 3])),
      'groups that do not divide': () => deformConv2d(x, offset, weight, { groups: 3 }),
      'offset groups that do not divide': () => deformConv2d(x, offset, weight, { offsetGroups: 3 }),
      'no offset groups': () => deformConv2d(x, offset, weight, { offsetGroups: 0 }),
      'offset for another size': () => deformConv2d(x, offset, weight, { padding: 1 }),
      'offset for one group': () => deformConv2d(x, offset, weight, { offsetGroups: 2 }),
      'offset without batch': () => deformConv2d(x, zeros([18, 3, 3]), weight),
      'mask of the size of the offset': () => deformConv2d(x, offset, weight, { mask: offset }),
      'bias of another length': () => deformConv2d(x, offset, weight, { bias: [0] }),
      'kernel larger than the image': () => deformConv2d(x, offset, zeros([8, 4, 3, 7])),
      'stride of 0': () => deformConv2d(x, offset, weight, { stride: 0 }),
      'mixed types': () => deformConv2d(x, zeros([2, 18, 3, 3], 'float64'), weight),
    }),
  ).toMatchInlineSnapshot(`
    {
      "bias of another length": "ShapeError: deformConv2d: bias is [1], weight is [8, 4, 3, 3]; wanted a bias of shape [8], one number for each output channel. Check the order of the weight: output channels come first.",
      "groups that do not divide": "ValueError: deformConv2d: groups is 3, with 4 input and 8 output channels; wanted a whole number that divides both. Use 1, or as many groups as input channels for a depthwise convolution.",
      "kernel larger than the image": "ShapeError: deformConv2d: width 5 with padding 0 + 0 under a window of 7; wanted an image at least as large as the window. Use a kernel of at most 5, or more padding.",
      "mask of the size of the offset": "ShapeError: deformConv2d: mask is [2, 18, 3, 3]; wanted [2, 9, 3, 3]: [batch, offsetGroups·kernelHeight·kernelWidth, outHeight, outWidth]. Make the mask with a convolution of the same kernel, stride, padding and dilation.",
      "mixed types": "DataTypeError: deformConv2d: x is float32, offset is float64; wanted operands of one type. Convert one of them, for example \`cast(offset, 'float32')\`.",
      "no offset groups": "ValueError: deformConv2d: offsetGroups is 0, with 4 input channels; wanted a whole number that divides them. Use 1, where all channels are read at the same places.",
      "offset for another size": "ShapeError: deformConv2d: offset is [2, 18, 3, 3]; wanted [2, 18, 5, 5]: [batch, 2·offsetGroups·kernelHeight·kernelWidth, outHeight, outWidth]. Make the offset with a convolution of the same kernel, stride, padding and dilation.",
      "offset for one group": "ShapeError: deformConv2d: offset is [2, 18, 3, 3]; wanted [2, 36, 3, 3]: [batch, 2·offsetGroups·kernelHeight·kernelWidth, outHeight, outWidth]. Make the offset with a convolution of the same kernel, stride, padding and dilation.",
      "offset groups that do not divide": "ValueError: deformConv2d: offsetGroups is 3, with 4 input channels; wanted a whole number that divides them. Use 1, where all channels are read at the same places.",
      "offset without batch": "ShapeError: deformConv2d: offset is [18, 3, 3]; wanted [2, 18, 3, 3]: [batch, 2·offsetGroups·kernelHeight·kernelWidth, outHeight, outWidth]. Make the offset with a convolution of the same kernel, stride, padding and dilation.",
      "other channels": "ShapeError: deformConv2d: x is [2, 4, 5, 5] with 4 channels, weight is [8, 3, 3, 3] with 3; wanted a weight with 4 channels: [out, in / groups, kernelHeight, kernelWidth]. Check that x is [batch, channels, height, width], and the number of groups.",
      "stride of 0": "ValueError: deformConv2d: stride is 0; wanted a whole number of at least 1, or two of them. Give stride as a number, or as [vertical, horizontal].",
      "weight without channels": "ShapeError: deformConv2d: weight is [4, 3, 3]; wanted [out, in / groups, kernelHeight, kernelWidth]. Reshape it.",
      "x without batch": "ShapeError: deformConv2d: x is [4, 5, 5]; wanted [batch, channels, height, width]. Reshape it; a single input needs a batch axis of length 1.",
    }
  `);
});
