import { expect, test } from 'vitest';
import { messagesOf } from '../../../test/messages.ts';
import { checkBias, checkChannels, checkGroups, checkWeight, kernelSizeNames } from './convolutionChecks.ts';

const axes = ['height', 'width'];

test('what fits passes', () => {
  expect(() => checkWeight('op', [4, 3, 2, 5], axes)).not.toThrow();
  expect(() => checkChannels('op', [8, 6, 9, 10], [4, 3, 2, 5], 2, axes)).not.toThrow();
  expect(() => checkGroups('op', 6, 4, 2)).not.toThrow();
  expect(() => checkBias('op', [4], [4, 3, 2, 2], 4)).not.toThrow();
});

test('names the axes of a kernel', () => {
  expect(kernelSizeNames(['length'])).toBe('kernelLength');
  expect(kernelSizeNames(axes)).toBe('kernelHeight, kernelWidth');
});

test('every message', () => {
  expect(
    messagesOf({
      'a dense weight': () => checkWeight('op', [8, 25], axes),
      'a dense weight, where another form is wanted': () => checkWeight('op', [8, 25], axes, () => '[in, out, …]'),
      'channels last': () => checkChannels('op', [64, 28, 28, 1], [8, 1, 5, 5], 1, axes),
      'other channels in groups': () => checkChannels('op', [64, 8, 28, 28], [8, 8, 5, 5], 2, axes),
      'fractional groups': () => checkGroups('op', 2, 8, 0.5),
      'no groups': () => checkGroups('op', 2, 8, 0),
      'groups that do not divide': () => checkGroups('op', 2, 8, 4),
      'a scalar bias': () => checkBias('op', [], [1, 3, 2, 2], 1),
      'a bias for the inputs of a transposed weight': () => checkBias('op', [4], [4, 8, 2, 2], 8),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a bias for the inputs of a transposed weight": "ShapeError: op: bias is [4], weight is [4, 8, 2, 2]; wanted a bias of shape [8], one number for each output channel. Check the order of the weight: input channels come first, then output channels / groups.",
      "a dense weight": "ShapeError: op: weight is [8, 25]; wanted [out, in / groups, kernelHeight, kernelWidth]. Reshape it.",
      "a dense weight, where another form is wanted": "ShapeError: op: weight is [8, 25]; wanted [in, out, …]. Reshape it.",
      "a scalar bias": "ShapeError: op: bias is [], weight is [1, 3, 2, 2]; wanted a bias of shape [1], one number for each output channel. Check the order of the weight: output channels come first.",
      "channels last": "ShapeError: op: x is [64, 28, 28, 1] with 28 channels, weight is [8, 1, 5, 5] with 1; wanted a weight with 28 channels: [out, in / groups, kernelHeight, kernelWidth]. Channels come first, behind the batch axis: \`transpose(x, [0, 3, 1, 2])\`.",
      "fractional groups": "ValueError: op: groups is 0.5, with 2 input and 8 output channels; wanted a whole number that divides both: 1, 2. Use 1, or as many groups as input channels for a depthwise convolution.",
      "groups that do not divide": "ValueError: op: groups is 4, with 2 input and 8 output channels; wanted a whole number that divides both: 1, 2. Use 1, or as many groups as input channels for a depthwise convolution.",
      "no groups": "ValueError: op: groups is 0, with 2 input and 8 output channels; wanted a whole number that divides both: 1, 2. Use 1, or as many groups as input channels for a depthwise convolution.",
      "other channels in groups": "ShapeError: op: x is [64, 8, 28, 28] with 8 channels, weight is [8, 8, 5, 5] with 8 for each of 2 groups; wanted a weight with 4 channels: [out, in / groups, kernelHeight, kernelWidth]. Check that x is [batch, channels, height, width], and the number of groups.",
    }
  `);
});
