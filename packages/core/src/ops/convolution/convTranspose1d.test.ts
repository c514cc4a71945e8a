import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convolutions, naiveTransposed, type RandomConvolution } from '../../../test/convolutions.ts';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import { conv1d, convTranspose1d, multiply, sum, tensor, zeros } from '../../index.ts';

const optionsOf = ({ stride, dilation, padding, groups }: RandomConvolution) => ({
  stride: stride[0],
  dilation: dilation[0],
  padding: padding[0],
  groups,
});

describe('values', () => {
  test('by hand', () => {
    expect(convTranspose1d([[[1, 10]]], [[[1, 2, 3]]]).toList()).toEqual([[[1, 12, 23, 30]]]);
    expect(convTranspose1d([[[1, 10]]], [[[1, 2, 3]]], { stride: 2, padding: 1, bias: [100] }).toList()).toEqual([
      [[102, 113, 120]],
    ]);
  });

  test.each(dataTypes)('positions that no filter reaches hold the bias alone, in %s', (dtype) => {
    const [x, weight, bias] = [[[[2]]], [[[3]]], [5]].map((numbers) => tensor(numbers, { dtype }));
    const options = { bias, dilation: 2, outputPadding: 1 };
    for (let count = 0; count < 3; count++) expect(convTranspose1d(x, weight, options).toList()).toEqual([[[11, 5]]]);
  });

  test.each(dataTypes)('agree with loops, in %s', (dtype) => {
    const tolerance = dtype === 'float64' ? 1e-14 : 1e-6;
    fc.assert(
      fc.property(convolutions(1, 7), fc.nat(2), (one, more) => {
        const [stride, dilation] = [one.stride[0], one.dilation[0]];
        const outputPadding = Math.min(more, Math.max(stride, dilation) - 1);
        const reach = dilation * (one.kernel[0] - 1) - one.padding[0][0] - one.padding[0][1];
        const length = (one.lengths[0] - 1) * stride + reach + 1 + outputPadding;
        fc.pre(length >= 1);
        const x = tensor(uniform([one.batch, one.perGroup * one.groups, ...one.lengths]), { dtype });
        const weight = tensor(uniform([x.shape[1], one.outPerGroup, ...one.kernel], { seed: 2 }), { dtype });
        const bias = tensor(uniform([one.outPerGroup * one.groups], { seed: 3 }), { dtype });
        const y = convTranspose1d(x, weight, { ...optionsOf(one), bias, outputPadding });
        expect(y.dtype).toBe(dtype);
        expectClose(y, naiveTransposed(x, weight, bias, one, [length]), tolerance);
      }),
    );
  });

  test('are the same wherever the inputs lie in memory', () => {
    const [x, weight] = [double(uniform([2, 4, 5])), double(uniform([4, 3, 3], { seed: 2 }))];
    const options = { groups: 2, stride: 2, padding: [0, 1] } as const;
    expectClose(convTranspose1d(scattered(x), scattered(weight), options), convTranspose1d(x, weight, options), 0);
  });

  test('on an empty batch, one number, no channels', () => {
    expect(convTranspose1d(zeros([0, 1, 3]), zeros([1, 2, 2])).shape).toEqual([0, 2, 4]);
    expect(convTranspose1d([[[3]]], [[[2]]], { bias: [1] }).toList()).toEqual([[[7]]]);
    expect(convTranspose1d(zeros([1, 0, 1]), zeros([0, 1, 2]), { bias: [3] }).toList()).toEqual([[[3, 3]]]);
  });
});

test('the size of the output may be asked for', () => {
  for (const outputSize of [9, 10, 11]) {
    const y = convTranspose1d(zeros([1, 1, 4]), zeros([1, 1, 4]), { stride: 3, padding: 2, outputSize });
    expect(y.shape).toEqual([1, 1, outputSize]);
  }
});

test('derivatives', () => {
  const point = [uniform([2, 4, 3]), uniform([4, 2, 3], { seed: 2 }), uniform([4], { seed: 3 })];
  const options = { groups: 2, stride: 3, padding: [1, 0], dilation: 2, outputPadding: 2 } as const;
  checkDerivatives((x, weight, bias) => convTranspose1d(x, weight, { ...options, bias }), point);
});

test('it is the transpose of conv1d by the same weight: <conv(x), y> = <x, convTranspose(y)>', () => {
  fc.assert(
    fc.property(convolutions(1, 9), (one) => {
      const x = double(uniform([one.batch, one.perGroup * one.groups, ...one.lengths], { seed: 1 }));
      const weight = double(uniform([one.outPerGroup * one.groups, one.perGroup, ...one.kernel], { seed: 2 }));
      const forward = conv1d(x, weight, optionsOf(one));
      const y = double(uniform(forward.shape, { seed: 4 }));
      const back = convTranspose1d(y, weight, { ...optionsOf(one), outputSize: one.lengths[0] });
      expect(sum(multiply(back, x)).item()).toBeCloseTo(sum(multiply(forward, y)).item(), 11);
    }),
    { numRuns: 50 },
  );
});

test('every message', () => {
  const [x, weight] = [zeros([2, 4, 5]), zeros([4, 8, 3])];
  expect(
    messagesOf({
      'x without batch': () => convTranspose1d(zeros([4, 5]), weight),
      'weight of a conv1d': () => convTranspose1d(x, zeros([8, 4, 3])),
      'weight of a convTranspose2d': () => convTranspose1d(x, zeros([4, 8, 3, 3])),
      'groups that do not divide': () => convTranspose1d(x, weight, { groups: 3 }),
      'bias of another length': () => convTranspose1d(x, weight, { bias: [0, 0, 0, 0] }),
      'an impossible size': () => convTranspose1d(x, weight, { stride: 3, padding: 1, outputSize: 18 }),
      'too much output padding': () => convTranspose1d(x, weight, { stride: 2, outputPadding: 2 }),
      'too much padding': () => convTranspose1d(x, weight, { padding: 4 }),
      'negative padding': () => convTranspose1d(x, weight, { padding: -1 }),
      'stride of 0': () => convTranspose1d(x, weight, { stride: 0 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "an impossible size": "ShapeError: convTranspose1d: outputSize [18]; wanted length 13, 14 or 15. Ask for one of these, or change stride, padding or kernel.",
      "bias of another length": "ShapeError: convTranspose1d: bias is [4], weight is [4, 8, 3]; wanted a bias of shape [8], one number for each output channel. Check the order of the weight: input channels come first, then output channels / groups.",
      "groups that do not divide": "ValueError: convTranspose1d: groups is 3, with 4 input and 24 output channels; wanted a whole number that divides both: 1, 2, 4. Use 1, or as many groups as input channels for a depthwise convolution.",
      "negative padding": "ValueError: convTranspose1d: padding is -1; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number or [before, after].",
      "stride of 0": "ValueError: convTranspose1d: stride is 0; wanted a whole number of at least 1. Give stride as a number.",
      "too much output padding": "ValueError: convTranspose1d: outputPadding is 2, with stride 2 and dilation 1 along the length; wanted less than the larger of the two. Use a larger stride, or \`pad\` the output.",
      "too much padding": "ShapeError: convTranspose1d: length 5, which becomes length -1; wanted an input and an output of at least 1. Use less padding or a larger kernel.",
      "weight of a conv1d": "ShapeError: convTranspose1d: x is [2, 4, 5] with 4 channels, weight is [8, 4, 3] for 8; wanted a weight for 4 channels: [in, out / groups, kernelLength]. Check that x is [batch, channels, length]; the input channels of a transposed weight come first.",
      "weight of a convTranspose2d": "ShapeError: convTranspose1d: weight is [4, 8, 3, 3]; wanted [in, out / groups, kernelLength]. Reshape it.",
      "x without batch": "ShapeError: convTranspose1d: x is [4, 5]; wanted [batch, channels, length]. Reshape it; a single input needs a batch axis of length 1.",
    }
  `);
});
