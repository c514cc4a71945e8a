import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convolutions, naiveConvolution, numbersFor, type RandomConvolution } from '../../../test/convolutions.ts';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import {
  type ConvolutionOptions,
  conv2d,
  conv3d,
  multiply,
  reshape,
  sum,
  type Tensor,
  tensor,
  zeros,
} from '../../index.ts';

const optionsOf = ({ stride, dilation, padding, groups }: RandomConvolution): ConvolutionOptions => ({
  stride,
  dilation,
  padding,
  groups,
});

describe('values', () => {
  test('by hand: the sum over a cube, and a difference along the depth', () => {
    const x = tensor(
      Float32Array.from({ length: 8 }, (_, i) => i),
      { shape: [1, 1, 2, 2, 2] },
    );
    expect(conv3d(x, tensor(new Float32Array(8).fill(1), { shape: [1, 1, 2, 2, 2] }), { bias: [2] }).item()).toBe(30);
    const difference = tensor([-1, 1], { shape: [1, 1, 2, 1, 1] });
    expect(conv3d(x, difference).toFlatArray()).toEqual(Float32Array.of(4, 4, 4, 4));
  });

  test.each(dataTypes)('agree with loops, in %s', (dtype) => {
    const tolerance = dtype === 'float64' ? 1e-13 : 5e-6;
    fc.assert(
      fc.property(convolutions(3, 5), (one) => {
        const numbers = numbersFor(one);
        const [x, weight, bias] = [numbers.x, numbers.weight, numbers.bias].map((array) => tensor(array, { dtype }));
        const y = conv3d(x, weight, { ...optionsOf(one), bias });
        expect(y.dtype).toBe(dtype);
        expectClose(y, naiveConvolution(x, weight, bias, one), tolerance);
      }),
      { numRuns: 40 },
    );
  });

  test('are the same wherever the inputs lie in memory', () => {
    const [x, weight] = [double(uniform([2, 2, 3, 4, 3])), double(uniform([4, 1, 2, 3, 2], { seed: 2 }))];
    const options = { groups: 2, padding: [1, 0, 1] };
    expectClose(conv3d(scattered(x), scattered(weight), options), conv3d(x, weight, options), 0);
  });

  test('of volumes one slice deep are those of conv2d', () => {
    const [x, weight] = [double(uniform([2, 3, 5, 4])), double(uniform([2, 3, 3, 2], { seed: 2 }))];
    const deep = conv3d(reshape(x, [2, 3, 1, 5, 4]), reshape(weight, [2, 3, 1, 3, 2]), { stride: [1, 2, 1] });
    expectClose(reshape(deep, [2, 2, 2, 3]), conv2d(x, weight, { stride: [2, 1] }), 0);
  });

  test('on an empty batch, one number, no channels', () => {
    expect(conv3d(zeros([0, 1, 3, 3, 3]), zeros([2, 1, 2, 2, 2])).shape).toEqual([0, 2, 2, 2, 2]);
    expect(conv3d([[[[[3]]]]], [[[[[2]]]]], { bias: [1] }).toList()).toEqual([[[[[7]]]]]);
    expect(conv3d(zeros([1, 0, 2, 2, 2]), zeros([1, 0, 2, 2, 2]), { bias: [3] }).item()).toBe(3);
  });
});

test('one number stands for all axes, words for paddings', () => {
  const [x, weight] = [double(uniform([1, 1, 5, 6, 7])), double(uniform([1, 1, 2, 3, 4], { seed: 2 }))];
  expectClose(
    conv3d(x, weight, { stride: 2, padding: 1, dilation: 2 }),
    conv3d(x, weight, { stride: [2, 2, 2], padding: [1, 1, [1, 1]], dilation: [2, 2, 2] }),
    0,
  );
  expectClose(conv3d(x, weight, { padding: 'valid' }), conv3d(x, weight), 0);
  const same = conv3d(x, weight, { padding: 'same' });
  expect(same.shape).toEqual([1, 1, 5, 6, 7]);
  expectClose(same, conv3d(x, weight, { padding: [[0, 1], 1, [1, 2]] }), 0);
});

describe('derivatives', () => {
  test.each<[string, number[], number[], Omit<ConvolutionOptions, 'bias'>]>([
    ['plain', [1, 2, 3, 3, 2], [2, 2, 2, 2, 2], {}],
    [
      'strided, padded, dilated',
      [1, 1, 4, 5, 4],
      [2, 1, 2, 3, 2],
      { stride: [2, 1, 2], padding: [[0, 1], 1, 0], dilation: 2 },
    ],
    ['depthwise', [1, 2, 3, 2, 3], [2, 1, 2, 1, 2], { groups: 2, padding: 'same' }],
  ])('%s', (_, x, weight, options) => {
    const point = [uniform(x), uniform(weight, { seed: 2 }), uniform([weight[0]], { seed: 3 })];
    checkDerivatives((x, weight, bias) => conv3d(x, weight, { ...options, bias }), point);
  });

  test('are transposes: <conv(x), y> = <x, ∂x(y)>, and likewise by the weight', () => {
    fc.assert(
      fc.property(convolutions(3, 4), (one) => {
        const { x, weight } = numbersFor(one);
        const f = (x: Tensor, weight: Tensor): Tensor => conv3d(x, weight, optionsOf(one));
        const output = f(double(x), double(weight));
        const y = uniform(output.shape, { seed: 4 });
        const wanted = sum(multiply(output, y)).item();
        const [byX, byWeight] = gradientTensors(f, [x, weight], [...y.data]);
        expect(sum(multiply(byX, x)).item()).toBeCloseTo(wanted, 10);
        expect(sum(multiply(byWeight, weight)).item()).toBeCloseTo(wanted, 10);
      }),
      { numRuns: 30 },
    );
  });
});

test('every message', () => {
  const x = zeros([2, 4, 5, 5, 5]);
  const weight = zeros([8, 4, 3, 3, 3]);
  expect(
    messagesOf({
      'x without batch': () => conv3d(zeros([4, 5, 5, 5]), weight),
      'weight of a conv2d': () => conv3d(x, zeros([8, 4, 3, 3])),
      'other channels': () => conv3d(x, zeros([8, 3, 3, 3, 3])),
      'groups that do not divide': () => conv3d(x, zeros([6, 1, 3, 3, 3]), { groups: 3 }),
      'bias of another length': () => conv3d(x, weight, { bias: [0, 0] }),
      'kernel deeper than the volume': () => conv3d(x, zeros([8, 4, 7, 3, 3])),
      'dilated kernel wider than the volume': () => conv3d(x, weight, { dilation: [1, 1, 3] }),
      'empty kernel': () => conv3d(x, zeros([8, 4, 3, 0, 3])),
      'stride for two axes': () => conv3d(x, weight, { stride: [1, 1] }),
      'stride of 0': () => conv3d(x, weight, { stride: [1, 0, 1] }),
      'negative padding': () => conv3d(x, weight, { padding: [[0, -1], 0, 0] }),
      'padding for two axes': () => conv3d(x, weight, { padding: [1, 1] }),
      'same with a stride': () => conv3d(x, weight, { padding: 'same', stride: [1, 1, 2] }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "bias of another length": "ShapeError: conv3d: bias is [2], weight is [8, 4, 3, 3, 3]; wanted a bias of shape [8], one number for each output channel. Check the order of the weight: output channels come first.",
      "dilated kernel wider than the volume": "ShapeError: conv3d: width 5 with padding 0 + 0 under a window of 7 (kernel 3, dilation 3); wanted an input at least as large as the window. Use a kernel of at most 2, or more padding.",
      "empty kernel": "ValueError: conv3d: kernelSize is [3,0,3]; wanted a whole number of at least 1, or 3 of them. Give kernelSize as a number, or as [depth, height, width].",
      "groups that do not divide": "ValueError: conv3d: groups is 3, with 4 input and 6 output channels; wanted a whole number that divides both: 1, 2. Use 1, or as many groups as input channels for a depthwise convolution.",
      "kernel deeper than the volume": "ShapeError: conv3d: depth 5 with padding 0 + 0 under a window of 7; wanted an input at least as large as the window. Use a kernel of at most 5, or more padding.",
      "negative padding": "ValueError: conv3d: padding is [[0,-1],0,0]; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, or for each of [depth, height, width] a number or [before, after].",
      "other channels": "ShapeError: conv3d: x is [2, 4, 5, 5, 5] with 4 channels, weight is [8, 3, 3, 3, 3] with 3; wanted a weight with 4 channels: [out, in / groups, kernelDepth, kernelHeight, kernelWidth]. Check that x is [batch, channels, depth, height, width], and the number of groups.",
      "padding for two axes": "ValueError: conv3d: padding is [1,1]; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, or for each of [depth, height, width] a number or [before, after].",
      "same with a stride": "ValueError: conv3d: padding 'same' with the stride [1,1,2]; wanted a stride of 1 with 'same'. Give the padding in numbers.",
      "stride for two axes": "ValueError: conv3d: stride is [1,1]; wanted a whole number of at least 1, or 3 of them. Give stride as a number, or as [depth, height, width].",
      "stride of 0": "ValueError: conv3d: stride is [1,0,1]; wanted a whole number of at least 1, or 3 of them. Give stride as a number, or as [depth, height, width].",
      "weight of a conv2d": "ShapeError: conv3d: weight is [8, 4, 3, 3]; wanted [out, in / groups, kernelDepth, kernelHeight, kernelWidth]. Reshape it.",
      "x without batch": "ShapeError: conv3d: x is [4, 5, 5, 5]; wanted [batch, channels, depth, height, width]. Reshape it; a single input needs a batch axis of length 1.",
    }
  `);
});
