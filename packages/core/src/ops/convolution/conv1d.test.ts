import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convolutions, naiveConvolution, numbersFor, type RandomConvolution } from '../../../test/convolutions.ts';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf, gradientTensors } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import {
  type ConvolutionOptions,
  conv1d,
  multiply,
  slice,
  sum,
  type Tensor,
  tensor,
  transpose,
  zeros,
} from '../../index.ts';

const optionsOf = ({ stride, dilation, padding, groups }: RandomConvolution): ConvolutionOptions => ({
  stride: stride[0],
  dilation: dilation[0],
  padding: padding[0],
  groups,
});

describe('values', () => {
  test('by hand', () => {
    const [x, weight] = [[[1, 2, 3, 4, 5]], [[1, 0, -1]]];
    expect(conv1d([x], [weight]).toList()).toEqual([[[-2, -2, -2]]]);
    expect(conv1d([x], [weight], { bias: [10], stride: 2, padding: 1 }).toList()).toEqual([[[8, 8, 14]]]);
    expect(conv1d([x], [weight], { dilation: 2 }).toList()).toEqual([[[-4]]]);
  });

  test.each(dataTypes)('agree with loops, in %s', (dtype) => {
    const tolerance = dtype === 'float64' ? 1e-14 : 1e-6;
    fc.assert(
      fc.property(convolutions(1, 9), (one) => {
        const numbers = numbersFor(one);
        const [x, weight, bias] = [numbers.x, numbers.weight, numbers.bias].map((array) => tensor(array, { dtype }));
        const y = conv1d(x, weight, { ...optionsOf(one), bias });
        expect(y.dtype).toBe(dtype);
        expectClose(y, naiveConvolution(x, weight, bias, one), tolerance);
      }),
    );
  });

  test('are the same wherever the inputs lie in memory', () => {
    const one = double(uniform([2, 4, 7]));
    const weight = double(uniform([6, 2, 3], { seed: 2 }));
    const wanted = conv1d(one, weight, { groups: 2 });
    expectClose(conv1d(scattered(one), scattered(weight), { groups: 2 }), wanted, 0);
    const view = slice(transpose(double(uniform([9, 4, 2]))), [null, null, [1, 9, 2]]);
    expectClose(conv1d(view, weight, { groups: 2 }), conv1d(view.toNdarray(), weight, { groups: 2 }), 0);
  });

  test('on an empty batch, one number, no channels', () => {
    expect(conv1d(zeros([0, 1, 5]), zeros([2, 1, 2])).shape).toEqual([0, 2, 4]);
    expect(conv1d([[[3]]], [[[2]]], { bias: [1] }).toList()).toEqual([[[7]]]);
    expect(conv1d(zeros([1, 0, 2]), zeros([1, 0, 2]), { bias: [3] }).toList()).toEqual([[[3]]]);
    expect(conv1d(zeros([1, 1, 2]), zeros([0, 1, 2])).shape).toEqual([1, 0, 1]);
  });

  test('NaN and infinities reach the positions whose window holds them, and no others', () => {
    expect(conv1d([[[1, Number.NaN, 2, 3]]], [[[1, 1]]]).toList()).toEqual([[[Number.NaN, Number.NaN, 5]]]);
    expect(conv1d([[[1, Infinity, 2, 3]]], [[[1, 1]]]).toList()).toEqual([[[Infinity, Infinity, 5]]]);
  });
});

test('padding comes as a number, as [before, after], as a word', () => {
  const [x, weight] = [double(uniform([1, 2, 6])), double(uniform([3, 2, 4], { seed: 2 }))];
  const by = (padding: ConvolutionOptions['padding'], dilation = 1) => conv1d(x, weight, { padding, dilation });
  expectClose(by(2), by([2, 2]), 0);
  expectClose(by('valid'), by(0), 0);
  expectClose(by('same'), by([1, 2]), 0);
  expectClose(by('same', 3), by([4, 5], 3), 0);
  expect(by('same').shape).toEqual([1, 3, 6]);
});

describe('derivatives', () => {
  test.each<[string, number[], number[], Omit<ConvolutionOptions, 'bias'>]>([
    ['plain', [2, 2, 6], [3, 2, 3], {}],
    ['strided, padded on one side, dilated', [1, 2, 9], [2, 2, 3], { stride: 2, padding: [2, 0], dilation: 2 }],
    ['depthwise', [2, 3, 5], [3, 1, 2], { groups: 3, padding: 'same' }],
  ])('%s', (_, x, weight, options) => {
    const point = [uniform(x), uniform(weight, { seed: 2 }), uniform([weight[0]], { seed: 3 })];
    checkDerivatives((x, weight, bias) => conv1d(x, weight, { ...options, bias }), point);
  });

  test('are transposes: <conv(x), y> = <x, ∂x(y)>, and likewise by the weight', () => {
    fc.assert(
      fc.property(convolutions(1, 9), (one) => {
        const { x, weight } = numbersFor(one);
        const f = (x: Tensor, weight: Tensor): Tensor => conv1d(x, weight, optionsOf(one));
        const output = f(double(x), double(weight));
        const y = uniform(output.shape, { seed: 4 });
        const wanted = sum(multiply(output, y)).item();
        const [byX, byWeight] = gradientTensors(f, [x, weight], [...y.data]);
        expect(sum(multiply(byX, x)).item()).toBeCloseTo(wanted, 11);
        expect(sum(multiply(byWeight, weight)).item()).toBeCloseTo(wanted, 11);
      }),
      { numRuns: 50 },
    );
  });

  test('without a bias there is none to differentiate by', () => {
    expect(gradientsOf((x, weight) => conv1d(x, weight), [[[[2]]], [[[3]]]])).toEqual([[[[3]]], [[[2]]]]);
  });
});

test('every message', () => {
  const x = zeros([2, 4, 5]);
  expect(
    messagesOf({
      'x without batch': () => conv1d(zeros([4, 5]), zeros([1, 4, 3])),
      'weight of a conv2d': () => conv1d(x, zeros([8, 4, 1, 3])),
      'other channels': () => conv1d(x, zeros([8, 3, 3])),
      'other channels in groups': () => conv1d(x, zeros([8, 4, 3]), { groups: 2 }),
      'groups that do not divide': () => conv1d(x, zeros([6, 1, 3]), { groups: 3 }),
      'bias of another length': () => conv1d(x, zeros([8, 4, 3]), { bias: [0, 0] }),
      'kernel larger than the signal': () => conv1d(x, zeros([8, 4, 7])),
      'empty kernel': () => conv1d(x, zeros([8, 4, 0])),
      'stride of 0': () => conv1d(x, zeros([8, 4, 3]), { stride: 0 }),
      'fractional dilation': () => conv1d(x, zeros([8, 4, 3]), { dilation: 1.5 }),
      'negative padding': () => conv1d(x, zeros([8, 4, 3]), { padding: [-1, 0] }),
      'same with a stride': () => conv1d(x, zeros([8, 4, 3]), { padding: 'same', stride: 2 }),
      'mixed types': () => conv1d(x, zeros([8, 4, 3], { dtype: 'float64' })),
    }),
  ).toMatchInlineSnapshot(`
    {
      "bias of another length": "ShapeError: conv1d: bias is [2], weight is [8, 4, 3]; wanted a bias of shape [8], one number for each output channel. Check the order of the weight: output channels come first.",
      "empty kernel": "ValueError: conv1d: kernelSize is [0]; wanted a whole number of at least 1. Give kernelSize as a number.",
      "fractional dilation": "ValueError: conv1d: dilation is 1.5; wanted a whole number of at least 1. Give dilation as a number.",
      "groups that do not divide": "ValueError: conv1d: groups is 3, with 4 input and 6 output channels; wanted a whole number that divides both: 1, 2. Use 1, or as many groups as input channels for a depthwise convolution.",
      "kernel larger than the signal": "ShapeError: conv1d: length 5 with padding 0 + 0 under a window of 7; wanted an input at least as large as the window. Use a kernel of at most 5, or more padding.",
      "mixed types": "DataTypeError: conv1d: x is float32, weight is float64; wanted operands of one type. Convert one of them, for example \`cast(weight, 'float32')\`.",
      "negative padding": "ValueError: conv1d: padding is [-1,0]; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number or [before, after].",
      "other channels": "ShapeError: conv1d: x is [2, 4, 5] with 4 channels, weight is [8, 3, 3] with 3; wanted a weight with 4 channels: [out, in / groups, kernelLength]. Check that x is [batch, channels, length], and the number of groups.",
      "other channels in groups": "ShapeError: conv1d: x is [2, 4, 5] with 4 channels, weight is [8, 4, 3] with 4 for each of 2 groups; wanted a weight with 2 channels: [out, in / groups, kernelLength]. Check that x is [batch, channels, length], and the number of groups.",
      "same with a stride": "ValueError: conv1d: padding 'same' with the stride 2; wanted a stride of 1 with 'same'. Give the padding in numbers.",
      "stride of 0": "ValueError: conv1d: stride is 0; wanted a whole number of at least 1. Give stride as a number.",
      "weight of a conv2d": "ShapeError: conv1d: weight is [8, 4, 1, 3]; wanted [out, in / groups, kernelLength]. Reshape it.",
      "x without batch": "ShapeError: conv1d: x is [4, 5]; wanted [batch, channels, length]. Reshape it; a single input needs a batch axis of length 1.",
    }
  `);
});
