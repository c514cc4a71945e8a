import { conv3d, Random, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { Conv3d } from './conv3d.ts';
import type { ConvolutionLayerOptions } from './convolutionLayer.ts';
import { Sequential } from './sequential.ts';

const context = { name: 'conv2', random: new Random(1), dtype: 'float64' } as const;

test('is `conv3d` with its parameters and options', () => {
  const options = { stride: [1, 2, 1], padding: [[1, 0], 1, 0], dilation: [1, 1, 2], groups: 2 } as const;
  const conv = new Conv3d({ outChannels: 4, kernelSize: [2, 3, 2], ...options });
  expect(conv.build([2, 4, 5, 6], context)).toEqual([4, 4, 3, 4]);
  const [weight, bias] = conv.parameters;
  const x = tensor(uniform([2, 2, 4, 5, 6]));
  expectSame(conv.call(x), conv3d(x, weight, { bias, ...options }));
});

test('is a layer of a model', () => {
  const model = new Sequential(
    [
      new Conv3d({ outChannels: 3, kernelSize: 3, padding: 'same' }),
      new Conv3d({ outChannels: 2, kernelSize: 2, stride: 2 }),
    ],
    { inputShape: [1, 4, 6, 8], random: new Random(1) },
  );
  expect(model.outputShape).toEqual([2, 2, 3, 4]);
  expect(model.call(tensor(uniform([2, 1, 4, 6, 8]), { dtype: 'float32' })).shape).toEqual([2, 2, 2, 3, 4]);
});

test('refuses windows that do not fit, in its own name', () => {
  const build = (options: Partial<ConvolutionLayerOptions>) =>
    new Conv3d({ outChannels: 4, kernelSize: 3, ...options }).build([3, 5, 5, 5], context);
  expect(
    messagesOf({
      'a kernel for two axes': () => build({ kernelSize: [3, 3] }),
      'a kernel too deep': () => build({ kernelSize: [6, 1, 1] }),
      'no stride': () => build({ stride: [1, 0, 1] }),
      "a stride with 'same'": () => build({ stride: 2, padding: 'same' }),
      'padding for two axes': () => build({ padding: [1, 1] }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a kernel for two axes": "ValueError: conv2: kernelSize is [3,3]; wanted a whole number of at least 1, or 3 of them. Give kernelSize as a number, or as [depth, height, width].",
      "a kernel too deep": "ShapeError: conv2: depth 5 with padding 0 + 0 under a window of 6; wanted an input at least as large as the window. Use a kernel of at most 5, or more padding.",
      "a stride with 'same'": "ValueError: conv2: padding 'same' with the stride 2; wanted a stride of 1 with 'same'. Give the padding in numbers.",
      "no stride": "ValueError: conv2: stride is [1,0,1]; wanted a whole number of at least 1, or 3 of them. Give stride as a number, or as [depth, height, width].",
      "padding for two axes": "ValueError: conv2: padding is [1,1]; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, or for each of [depth, height, width] a number or [before, after].",
    }
  `);
});
