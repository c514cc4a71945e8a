import { expect, test } from 'vitest';
import { messagesOf } from '../../../test/messages.ts';
import { convolutionSizes } from './convolutionSizes.ts';

test('gives the sizes in the order in which the kernels take them', () => {
  const options = {
    stride: [1, 2],
    padding: [
      [1, 0],
      [2, 3],
    ],
    dilation: [2, 1],
  } as const;
  const [batch, inChannels, height, width, outChannels, outHeight, outWidth, ...window] = convolutionSizes(
    [8, 6, 9, 10],
    [4, 3, 2, 5],
    2,
    options,
  );
  expect({ batch, inChannels, height, width }).toEqual({ batch: 8, inChannels: 6, height: 9, width: 10 });
  expect({ outChannels, outHeight, outWidth }).toEqual({ outChannels: 4, outHeight: 8, outWidth: 6 });
  const [kernelHeight, kernelWidth, strideY, strideX, paddingTop, paddingLeft, dilationY, dilationX, groups] = window;
  expect([kernelHeight, kernelWidth]).toEqual([2, 5]);
  expect([strideY, strideX]).toEqual([1, 2]);
  expect([paddingTop, paddingLeft]).toEqual([1, 2]);
  expect([dilationY, dilationX]).toEqual([2, 1]);
  expect(groups).toBe(2);
});

test('every message', () => {
  const sizes = (x: number[], weight: number[], groups = 1) => convolutionSizes(x, weight, groups, {});
  expect(
    messagesOf({
      'images without a batch': () => sizes([1, 28, 28], [8, 1, 5, 5]),
      'a dense weight': () => sizes([64, 1, 28, 28], [8, 25]),
      'fractional groups': () => sizes([64, 2, 28, 28], [8, 1, 5, 5], 0.5),
      'channels last': () => sizes([64, 28, 28, 1], [8, 1, 5, 5]),
      'a depthwise weight without groups': () => sizes([64, 8, 28, 28], [8, 1, 5, 5]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a dense weight": "ShapeError: conv2d: weight is [8, 25]; wanted [out, in / groups, kernelHeight, kernelWidth]. Reshape it.",
      "a depthwise weight without groups": "ShapeError: conv2d: x is [64, 8, 28, 28] with 8 channels, weight is [8, 1, 5, 5] with 1; wanted a weight with 8 channels: [out, in / groups, kernelHeight, kernelWidth]. Check that x is [batch, channels, height, width], and the number of groups.",
      "channels last": "ShapeError: conv2d: x is [64, 28, 28, 1] with 28 channels, weight is [8, 1, 5, 5] with 1; wanted a weight with 28 channels: [out, in / groups, kernelHeight, kernelWidth]. Channels come first, behind the batch axis: \`transpose(x, [0, 3, 1, 2])\`.",
      "fractional groups": "ValueError: conv2d: groups is 0.5, with 2 input and 8 output channels; wanted a whole number that divides both: 1, 2. Use 1, or as many groups as input channels for a depthwise convolution.",
      "images without a batch": "ShapeError: conv2d: x is [1, 28, 28]; wanted [batch, channels, height, width]. Reshape it; a single input needs a batch axis of length 1.",
    }
  `);
});
