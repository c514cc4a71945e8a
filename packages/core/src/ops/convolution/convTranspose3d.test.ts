import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convolutions, naiveTransposed, type RandomConvolution } from '../../../test/convolutions.ts';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import {
  conv3d,
  convTranspose3d,
  multiply,
  sum,
  type TransposedConvolutionOptions,
  tensor,
  zeros,
} from '../../index.ts';

const optionsOf = ({ stride, dilation, padding, groups }: RandomConvolution): TransposedConvolutionOptions => ({
  stride,
  dilation,
  padding,
  groups,
});

describe('values', () => {
  test('by hand: one number stamps the whole filter', () => {
    const weight = tensor(
      Float32Array.from({ length: 8 }, (_, i) => i),
      { shape: [1, 1, 2, 2, 2] },
    );
    expectClose(convTranspose3d([[[[[10]]]]], weight), multiply(weight, 10), 0);
    expect(convTranspose3d([[[[[1]], [[10]]]]], [[[[[1]], [[2]]]]], { bias: [100] }).toFlatArray()).toEqual(
      Float32Array.of(101, 112, 120),
    );
  });

  test.each(dataTypes)('agree with loops, in %s', (dtype) => {
    const tolerance = dtype === 'float64' ? 1e-13 : 5e-6;
    fc.assert(
      fc.property(convolutions(3, 4), fc.nat(2), (one, more) => {
        const outputPadding = one.stride.map((stride, axis) =>
          Math.min(more, Math.max(stride, one.dilation[axis]) - 1),
        );
        const lengths = one.lengths.map((length, axis) => {
          const [before, after] = one.padding[axis];
          const reach = one.dilation[axis] * (one.kernel[axis] - 1);
          return (length - 1) * one.stride[axis] - before - after + reach + 1 + outputPadding[axis];
        });
        fc.pre(lengths.every((length) => length >= 1));
        const x = tensor(uniform([one.batch, one.perGroup * one.groups, ...one.lengths]), { dtype });
        const weight = tensor(uniform([x.shape[1], one.outPerGroup, ...one.kernel], { seed: 2 }), { dtype });
        const bias = tensor(uniform([one.outPerGroup * one.groups], { seed: 3 }), { dtype });
        const y = convTranspose3d(x, weight, { ...optionsOf(one), bias, outputPadding });
        expect(y.dtype).toBe(dtype);
        expectClose(y, naiveTransposed(x, weight, bias, one, lengths), tolerance);
      }),
      { numRuns: 40 },
    );
  });

  test('are the same wherever the inputs lie in memory', () => {
    const [x, weight] = [double(uniform([2, 2, 3, 2, 3])), double(uniform([2, 2, 2, 3, 2], { seed: 2 }))];
    const options = { groups: 2, stride: 2, padding: [1, 0, 1] };
    expectClose(convTranspose3d(scattered(x), scattered(weight), options), convTranspose3d(x, weight, options), 0);
  });

  test('on an empty batch, one number, no channels', () => {
    expect(convTranspose3d(zeros([0, 1, 2, 2, 2]), zeros([1, 2, 2, 2, 2])).shape).toEqual([0, 2, 3, 3, 3]);
    expect(convTranspose3d([[[[[3]]]]], [[[[[2]]]]], { bias: [1] }).toList()).toEqual([[[[[7]]]]]);
    expect(convTranspose3d(zeros([1, 0, 1, 1, 1]), zeros([0, 1, 1, 1, 1]), { bias: [3] }).item()).toBe(3);
  });
});

test('first and second derivatives', () => {
  const point = [uniform([1, 2, 2, 3, 2]), uniform([2, 1, 2, 2, 2], { seed: 2 }), uniform([2], { seed: 3 })];
  const options: TransposedConvolutionOptions = {
    groups: 2,
    stride: [2, 1, 2],
    padding: [[1, 0], 1, 0],
    dilation: [1, 2, 1],
    outputPadding: [1, 1, 0],
  };
  checkDerivatives((x, weight, bias) => convTranspose3d(x, weight, { ...options, bias }), point);
});

test('it is the transpose of conv3d by the same weight: <conv(x), y> = <x, convTranspose(y)>', () => {
  fc.assert(
    fc.property(convolutions(3, 4), (one) => {
      const x = double(uniform([one.batch, one.perGroup * one.groups, ...one.lengths], { seed: 1 }));
      const weight = double(uniform([one.outPerGroup * one.groups, one.perGroup, ...one.kernel], { seed: 2 }));
      const forward = conv3d(x, weight, optionsOf(one));
      const y = double(uniform(forward.shape, { seed: 4 }));
      const back = convTranspose3d(y, weight, { ...optionsOf(one), outputSize: one.lengths });
      expect(sum(multiply(back, x)).item()).toBeCloseTo(sum(multiply(forward, y)).item(), 10);
    }),
    { numRuns: 40 },
  );
});

test('every message', () => {
  const [x, weight] = [zeros([2, 4, 5, 5, 5]), zeros([4, 8, 3, 3, 3])];
  expect(
    messagesOf({
      'x without batch': () => convTranspose3d(zeros([4, 5, 5, 5]), weight),
      'weight of a conv3d': () => convTranspose3d(x, zeros([8, 4, 3, 3, 3])),
      'weight of a convTranspose2d': () => convTranspose3d(x, zeros([4, 8, 3, 3])),
      'groups that do not divide': () => convTranspose3d(x, weight, { groups: 3 }),
      'bias of another length': () => convTranspose3d(x, weight, { bias: [0, 0, 0, 0] }),
      'an impossible size': () => convTranspose3d(x, weight, { stride: [1, 2, 3], outputSize: [7, 13, 17] }),
      'too much output padding': () => convTranspose3d(x, weight, { stride: 2, outputPadding: [1, 2, 1] }),
      'too much padding': () => convTranspose3d(x, weight, { padding: [1, 1, 4] }),
      'negative padding': () => convTranspose3d(x, weight, { padding: -1 }),
      'stride of 0': () => convTranspose3d(x, weight, { stride: 0 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "an impossible size": "ShapeError: convTranspose3d: outputSize [7, 13, 17]; wanted depth 7 and height 11 or 12 and width 15, 16 or 17. Ask for one of these, or change stride, padding or kernel.",
      "bias of another length": "ShapeError: convTranspose3d: bias is [4], weight is [4, 8, 3, 3, 3]; wanted a bias of shape [8], one number for each output channel. Check the order of the weight: input channels come first, then output channels / groups.",
      "groups that do not divide": "ValueError: convTranspose3d: groups is 3, with 4 input and 24 output channels; wanted a whole number that divides both: 1, 2, 4. Use 1, or as many groups as input channels for a depthwise convolution.",
      "negative padding": "ValueError: convTranspose3d: padding is -1; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, or for each of [depth, height, width] a number or [before, after].",
      "stride of 0": "ValueError: convTranspose3d: stride is 0; wanted a whole number of at least 1, or 3 of them. Give stride as a number, or as [depth, height, width].",
      "too much output padding": "ValueError: convTranspose3d: outputPadding is [1,2,1], with stride 2 and dilation 1 along the height; wanted less than the larger of the two. Use a larger stride, or \`pad\` the output.",
      "too much padding": "ShapeError: convTranspose3d: width 5, which becomes width -1; wanted an input and an output of at least 1. Use less padding or a larger kernel.",
      "weight of a conv3d": "ShapeError: convTranspose3d: x is [2, 4, 5, 5, 5] with 4 channels, weight is [8, 4, 3, 3, 3] for 8; wanted a weight for 4 channels: [in, out / groups, kernelDepth, kernelHeight, kernelWidth]. Check that x is [batch, channels, depth, height, width]; the input channels of a transposed weight come first.",
      "weight of a convTranspose2d": "ShapeError: convTranspose3d: weight is [4, 8, 3, 3]; wanted [in, out / groups, kernelDepth, kernelHeight, kernelWidth]. Reshape it.",
      "x without batch": "ShapeError: convTranspose3d: x is [4, 5, 5, 5]; wanted [batch, channels, depth, height, width]. Reshape it; a single input needs a batch axis of length 1.",
    }
  `);
});
