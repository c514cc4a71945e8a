import { convTranspose3d, Random, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { Conv3d } from './conv3d.ts';
import type { TransposedLayerOptions } from './convolutionLayer.ts';
import { ConvTranspose3d } from './convTranspose3d.ts';
import { Sequential } from './sequential.ts';

const context = { name: 'conv2', random: new Random(1), dtype: 'float64' } as const;

test('is `convTranspose3d` with its parameters and options', () => {
  const options = { stride: [1, 2, 3], padding: 1, dilation: [1, 1, 2], groups: 2, outputPadding: [0, 1, 2] } as const;
  const conv = new ConvTranspose3d({ outChannels: 4, kernelSize: [3, 2, 2], ...options });
  expect(conv.build([2, 3, 4, 3], context)).toEqual([4, 3, 7, 9]);
  const [weight, bias] = conv.parameters;
  const x = tensor(uniform([2, 2, 3, 4, 3]));
  expectSame(conv.call(x), convTranspose3d(x, weight, { bias, ...options }));
});

test('brings back in a model what a convolution made smaller', () => {
  const window = { kernelSize: 3, stride: 2, padding: 1 };
  const model = new Sequential(
    [
      new Conv3d({ outChannels: 2, ...window }),
      new ConvTranspose3d({ outChannels: 1, outputSize: [6, 7, 8], ...window }),
    ],
    { inputShape: [1, 6, 7, 8], random: new Random(1) },
  );
  expect(model.outputShape).toEqual([1, 6, 7, 8]);
  expect(model.call(tensor(uniform([2, 1, 6, 7, 8]), { dtype: 'float32' })).shape).toEqual([2, 1, 6, 7, 8]);
});

test('refuses windows that do not fit, in its own name', () => {
  const build = (options: Partial<TransposedLayerOptions>) =>
    new ConvTranspose3d({ outChannels: 4, kernelSize: 3, ...options }).build([3, 5, 5, 5], context);
  expect(
    messagesOf({
      'a kernel for two axes': () => build({ kernelSize: [3, 3] }),
      'no stride': () => build({ stride: 0 }),
      'an impossible size': () => build({ stride: 2, outputSize: 13 }),
      'too much output padding': () => build({ outputPadding: 1 }),
      'too much padding': () => build({ padding: 4 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a kernel for two axes": "ValueError: conv2: kernelSize is [3,3]; wanted a whole number of at least 1, or 3 of them. Give kernelSize as a number, or as [depth, height, width].",
      "an impossible size": "ShapeError: conv2: outputSize [13, 13, 13]; wanted depth 11 or 12 and height 11 or 12 and width 11 or 12. Ask for one of these, or change stride, padding or kernel.",
      "no stride": "ValueError: conv2: stride is 0; wanted a whole number of at least 1, or 3 of them. Give stride as a number, or as [depth, height, width].",
      "too much output padding": "ValueError: conv2: outputPadding is 1, with stride 1 and dilation 1 along the depth; wanted less than the larger of the two. Use a larger stride, or \`pad\` the output.",
      "too much padding": "ShapeError: conv2: depth 5, which becomes depth -1; wanted an input and an output of at least 1. Use less padding or a larger kernel.",
    }
  `);
});
