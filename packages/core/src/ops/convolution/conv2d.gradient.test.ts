import { describe, expect, test } from 'vitest';
import { gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { uniform } from '../../../test/numbers.ts';
import {
  type ConvolutionOptions,
  conv2d,
  gradcheck,
  gradgradcheck,
  type Shape,
  type Tensor,
  tensor,
} from '../../index.ts';

interface Case {
  readonly name: string;
  readonly x: Shape;
  readonly weight: Shape;
  readonly options: Omit<ConvolutionOptions, 'bias'>;
}

const cases: readonly Case[] = [
  { name: 'plain', x: [2, 2, 5, 4], weight: [3, 2, 3, 2], options: {} },
  {
    name: 'asymmetric padding',
    x: [1, 2, 4, 5],
    weight: [2, 2, 3, 3],
    options: {
      padding: [
        [0, 2],
        [1, 0],
      ],
    },
  },
  { name: 'stride that leaves a rest', x: [2, 1, 6, 7], weight: [2, 1, 3, 2], options: { stride: [2, 3] } },
  { name: 'dilation', x: [1, 1, 7, 6], weight: [2, 1, 3, 2], options: { dilation: [2, 3], padding: 1 } },
  { name: 'same', x: [1, 2, 4, 3], weight: [1, 2, 2, 3], options: { padding: 'same' } },
  { name: 'groups', x: [2, 4, 3, 4], weight: [6, 2, 2, 2], options: { groups: 2 } },
  { name: 'depthwise', x: [1, 3, 5, 5], weight: [3, 1, 3, 3], options: { groups: 3, stride: 2, padding: 1 } },
];
const names = ['x', 'weight', 'bias'];

describe.each(cases)('$name', ({ x, weight, options }) => {
  const point = [uniform(x, { seed: 1 }), uniform(weight, { seed: 2 }), uniform([weight[0]], { seed: 3 })];
  const f = (x: Tensor, weight: Tensor, bias: Tensor): Tensor => conv2d(x, weight, { ...options, bias });

  test('its derivatives agree with differences', () => {
    expect(gradcheck(f, point, { names })).toMatchObject({ comparisons: 9, kinks: [] });
  });

  test('so do the derivatives of its derivatives', () => {
    expect(gradgradcheck(f, point, { names })).toMatchObject({ kinks: [] });
  });
});

test('an input used twice, as image and as filter, collects both gradients', () => {
  const square = uniform([2, 2, 3, 3]);
  const f = (x: Tensor): Tensor => conv2d(x, x, { padding: 1 });
  expect(gradcheck(f, [square])).toMatchObject({ kinks: [] });
});

test('without a bias there is none to differentiate by', () => {
  expect(gradientsOf((x, weight) => conv2d(x, weight), [[[[[2]]]], [[[[3]]]]])).toEqual([[[[[3]]]], [[[[2]]]]]);
});

describe('what is refused', () => {
  const x = tensor(new Float32Array(2 * 4 * 5 * 5), { shape: [2, 4, 5, 5] });
  const weight = (...shape: number[]): Tensor => tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)), { shape });
  const calls: Record<string, () => Tensor> = {
    'x without batch': () => conv2d(weight(4, 5, 5), weight(1, 4, 3, 3)),
    'weight without channels': () => conv2d(x, weight(4, 3, 3)),
    'other channels': () => conv2d(x, weight(8, 3, 3, 3)),
    'other channels in groups': () => conv2d(x, weight(8, 4, 3, 3), { groups: 2 }),
    'groups that do not divide the input': () => conv2d(x, weight(6, 1, 3, 3), { groups: 3 }),
    'groups that do not divide the output': () => conv2d(x, weight(3, 2, 3, 3), { groups: 2 }),
    'no groups': () => conv2d(x, weight(8, 4, 3, 3), { groups: 0 }),
    'bias of another length': () => conv2d(x, weight(8, 4, 3, 3), { bias: [0, 0, 0, 0] }),
    'bias that is no vector': () => conv2d(x, weight(8, 4, 3, 3), { bias: weight(1, 8, 1, 1) }),
    'kernel larger than the image': () => conv2d(x, weight(8, 4, 3, 7)),
    'dilated kernel larger than the image': () =>
      conv2d(x, weight(8, 4, 3, 3), {
        dilation: [3, 1],
        padding: [
          [0, 1],
          [0, 0],
        ],
      }),
    'empty kernel': () => conv2d(x, weight(8, 4, 0, 3)),
    'stride of 0': () => conv2d(x, weight(8, 4, 3, 3), { stride: [1, 0] }),
    'fractional dilation': () => conv2d(x, weight(8, 4, 3, 3), { dilation: 1.5 }),
    'negative padding': () => conv2d(x, weight(8, 4, 3, 3), { padding: -1 }),
    'same with a stride': () => conv2d(x, weight(8, 4, 3, 3), { padding: 'same', stride: 2 }),
    'mixed types': () => conv2d(x, tensor(new Float64Array(36), { shape: [1, 4, 3, 3] })),
  };

  test('every message', () => {
    expect(messagesOf(calls)).toMatchInlineSnapshot(`
      {
        "bias of another length": "ShapeError: conv2d: bias is [4], weight is [8, 4, 3, 3]; wanted a bias of shape [8], one number for each output channel. Check the order of the weight: output channels come first.",
        "bias that is no vector": "ShapeError: conv2d: bias is [1, 8, 1, 1], weight is [8, 4, 3, 3]; wanted a bias of shape [8], one number for each output channel. Check the order of the weight: output channels come first.",
        "dilated kernel larger than the image": "ShapeError: conv2d: height 5 with padding 0 + 1 under a window of 7 (kernel 3, dilation 3); wanted an input at least as large as the window. Use a kernel of at most 2, or more padding.",
        "empty kernel": "ValueError: conv2d: kernelSize is [0,3]; wanted a whole number of at least 1, or 2 of them. Give kernelSize as a number, or as [height, width].",
        "fractional dilation": "ValueError: conv2d: dilation is 1.5; wanted a whole number of at least 1, or 2 of them. Give dilation as a number, or as [height, width].",
        "groups that do not divide the input": "ValueError: conv2d: groups is 3, with 4 input and 6 output channels; wanted a whole number that divides both: 1, 2. Use 1, or as many groups as input channels for a depthwise convolution.",
        "groups that do not divide the output": "ValueError: conv2d: groups is 2, with 4 input and 3 output channels; wanted a whole number that divides both: 1. Use 1, or as many groups as input channels for a depthwise convolution.",
        "kernel larger than the image": "ShapeError: conv2d: width 5 with padding 0 + 0 under a window of 7; wanted an input at least as large as the window. Use a kernel of at most 5, or more padding.",
        "mixed types": "DataTypeError: conv2d: x is float32, weight is float64; wanted operands of one type. Convert one of them, for example \`cast(weight, 'float32')\`.",
        "negative padding": "ValueError: conv2d: padding is -1; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, or for each of [height, width] a number or [before, after].",
        "no groups": "ValueError: conv2d: groups is 0, with 4 input and 8 output channels; wanted a whole number that divides both: 1, 2, 4. Use 1, or as many groups as input channels for a depthwise convolution.",
        "other channels": "ShapeError: conv2d: x is [2, 4, 5, 5] with 4 channels, weight is [8, 3, 3, 3] with 3; wanted a weight with 4 channels: [out, in / groups, kernelHeight, kernelWidth]. Check that x is [batch, channels, height, width], and the number of groups.",
        "other channels in groups": "ShapeError: conv2d: x is [2, 4, 5, 5] with 4 channels, weight is [8, 4, 3, 3] with 4 for each of 2 groups; wanted a weight with 2 channels: [out, in / groups, kernelHeight, kernelWidth]. Check that x is [batch, channels, height, width], and the number of groups.",
        "same with a stride": "ValueError: conv2d: padding 'same' with the stride 2; wanted a stride of 1 with 'same'. Give the padding in numbers.",
        "stride of 0": "ValueError: conv2d: stride is [1,0]; wanted a whole number of at least 1, or 2 of them. Give stride as a number, or as [height, width].",
        "weight without channels": "ShapeError: conv2d: weight is [4, 3, 3]; wanted [out, in / groups, kernelHeight, kernelWidth]. Reshape it.",
        "x without batch": "ShapeError: conv2d: x is [4, 5, 5]; wanted [batch, channels, height, width]. Reshape it; a single input needs a batch axis of length 1.",
      }
    `);
  });
});
