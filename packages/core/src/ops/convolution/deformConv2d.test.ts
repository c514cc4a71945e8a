import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Deformed, deformed, deformedNumbers, naiveDeformed, optionsOf } from '../../../test/deformed.ts';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import {
  conv2d,
  deformConv2d,
  full,
  gradcheck,
  multiply,
  ones,
  Parameter,
  sum,
  Tape,
  type Tensor,
  tensor,
  zeros,
} from '../../index.ts';

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
        const inputs = deformedNumbers(one).map((array) => tensor(array, { dtype }));
        const [x, offset, weight, mask, bias] = inputs;
        // In float32 a position itself is off by up to 5e-7, and up to 18 numbers are read.
        const tolerance = dtype === 'float64' ? 1e-13 : 3e-5;
        const full = deformConv2d(x, offset, weight, { ...optionsOf(one), mask, bias });
        expect(full.dtype).toBe(dtype);
        expectClose(full, naiveDeformed(inputs, one), tolerance);
        expectClose(
          deformConv2d(x, offset, weight, optionsOf(one)),
          naiveDeformed([x, offset, weight], one),
          tolerance,
        );
      }),
      { numRuns: 40 },
    );
  });

  test('are those of conv2d where nothing is moved, and zeros where everything is moved away', () => {
    fc.assert(
      fc.property(deformed, (one) => {
        const [x, offset, weight, mask] = deformedNumbers(one).map(double);
        const { offsetGroups: _, ...options } = optionsOf(one);
        const still = deformConv2d(x, zeros(offset.shape, { dtype: 'float64' }), weight, {
          ...optionsOf(one),
          mask: ones(mask.shape, { dtype: 'float64' }),
        });
        expectClose(still, conv2d(x, weight, options), 1e-14);
        const away = deformConv2d(x, full(offset.shape, 99.5, { dtype: 'float64' }), weight, optionsOf(one));
        expectClose(away, zeros(still.shape, { dtype: 'float64' }), 0);
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
    const inputs = deformedNumbers(one).map(double);
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
    expect(gradcheck(f, deformedNumbers(one), { names })).toMatchObject({ comparisons: 15, kinks: [] });
    checkDerivatives(f, deformedNumbers(one));
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
    const [byOffset] = gradientTensors(f, [zeros([1, 2, 2, 3], { dtype: 'float64' })]);
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
        const [x, offset, weight, mask] = deformedNumbers(one);
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

test('an offset and a mask that are parameters get their gradients', () => {
  const [offset, mask] = [uniform([1, 8, 2, 2]), uniform([1, 4, 2, 2])];
  const [x, weight] = [tensor(uniform([1, 2, 3, 3])), tensor(uniform([3, 2, 2, 2]))];
  const [own, factor] = [new Parameter('offset', tensor(offset)), new Parameter('mask', tensor(mask))];
  using tape = new Tape();
  const y = sum(deformConv2d(tape.constant(x), own, weight, { mask: factor }));
  const gradients = tape.gradients(y);
  const [byOffset, byMask] = gradientTensors(
    (offset, mask) => sum(deformConv2d(x, offset, weight, { mask })),
    [tensor(offset), tensor(mask)],
  );
  expectClose(gradients.get(own), byOffset, 1e-12);
  expectClose(gradients.get(factor), byMask, 1e-12);
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
      'mixed types': () => deformConv2d(x, zeros([2, 18, 3, 3], { dtype: 'float64' }), weight),
    }),
  ).toMatchInlineSnapshot(`
    {
      "bias of another length": "ShapeError: deformConv2d: bias is [1], weight is [8, 4, 3, 3]; wanted a bias of shape [8], one number for each output channel. Check the order of the weight: output channels come first.",
      "groups that do not divide": "ValueError: deformConv2d: groups is 3, with 4 input and 8 output channels; wanted a whole number that divides both: 1, 2, 4. Use 1, or as many groups as input channels for a depthwise convolution.",
      "kernel larger than the image": "ShapeError: deformConv2d: width 5 with padding 0 + 0 under a window of 7; wanted an input at least as large as the window. Use a kernel of at most 5, or more padding.",
      "mask of the size of the offset": "ShapeError: deformConv2d: mask is [2, 18, 3, 3]; wanted [2, 9, 3, 3]: [batch, offsetGroups·kernelHeight·kernelWidth, outHeight, outWidth]. Make the mask with a convolution of the same kernel, stride, padding and dilation.",
      "mixed types": "DataTypeError: deformConv2d: x is float32, offset is float64; wanted operands of one type. Convert one of them, for example \`cast(offset, 'float32')\`.",
      "no offset groups": "ValueError: deformConv2d: offsetGroups is 0, with 4 input channels; wanted a whole number that divides them. Use 1, where all channels are read at the same positions.",
      "offset for another size": "ShapeError: deformConv2d: offset is [2, 18, 3, 3]; wanted [2, 18, 5, 5]: [batch, 2·offsetGroups·kernelHeight·kernelWidth, outHeight, outWidth]. Make the offset with a convolution of the same kernel, stride, padding and dilation.",
      "offset for one group": "ShapeError: deformConv2d: offset is [2, 18, 3, 3]; wanted [2, 36, 3, 3]: [batch, 2·offsetGroups·kernelHeight·kernelWidth, outHeight, outWidth]. Make the offset with a convolution of the same kernel, stride, padding and dilation.",
      "offset groups that do not divide": "ValueError: deformConv2d: offsetGroups is 3, with 4 input channels; wanted a whole number that divides them. Use 1, where all channels are read at the same positions.",
      "offset without batch": "ShapeError: deformConv2d: offset is [18, 3, 3]; wanted [2, 18, 3, 3]: [batch, 2·offsetGroups·kernelHeight·kernelWidth, outHeight, outWidth]. Make the offset with a convolution of the same kernel, stride, padding and dilation.",
      "other channels": "ShapeError: deformConv2d: x is [2, 4, 5, 5] with 4 channels, weight is [8, 3, 3, 3] with 3; wanted a weight with 4 channels: [out, in / groups, kernelHeight, kernelWidth]. Check that x is [batch, channels, height, width], and the number of groups.",
      "stride of 0": "ValueError: deformConv2d: stride is 0; wanted a whole number of at least 1, or 2 of them. Give stride as a number, or as [height, width].",
      "weight without channels": "ShapeError: deformConv2d: weight is [4, 3, 3]; wanted [out, in / groups, kernelHeight, kernelWidth]. Reshape it.",
      "x without batch": "ShapeError: deformConv2d: x is [4, 5, 5]; wanted [batch, channels, height, width]. Reshape it; a single input needs a batch axis of length 1.",
    }
  `);
});
