import { convTranspose2d, Random, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { Conv2d } from './conv2d.ts';
import type { TransposedLayerOptions } from './convolutionLayer.ts';
import { ConvTranspose2d } from './convTranspose2d.ts';
import { Sequential } from './sequential.ts';

const context = { name: 'conv2', random: new Random(1), dtype: 'float64' } as const;

test('is `convTranspose2d` with its parameters and options', () => {
  const options = { stride: [3, 2], padding: 1, dilation: [1, 2], groups: 2, outputPadding: [2, 0] } as const;
  const conv = new ConvTranspose2d({ outChannels: 4, kernelSize: [3, 2], ...options });
  expect(conv.build([2, 4, 5], context)).toEqual([4, 12, 9]);
  const [weight, bias] = conv.parameters;
  const x = tensor(uniform([3, 2, 4, 5]));
  expectSame(conv.call(x), convTranspose2d(x, weight, { bias, ...options }));
});

test('brings back in a model what a convolution made smaller', () => {
  const window = { kernelSize: 3, stride: 2, padding: 1 };
  const model = new Sequential(
    [
      new Conv2d({ outChannels: 4, ...window }),
      new ConvTranspose2d({ outChannels: 1, outputSize: [28, 27], ...window }),
    ],
    { inputShape: [1, 28, 27], random: new Random(1) },
  );
  expect(model.outputShape).toEqual([1, 28, 27]);
  expect(model.call(tensor(uniform([2, 1, 28, 27]), { dtype: 'float32' })).shape).toEqual([2, 1, 28, 27]);
});

test('refuses windows that do not fit, in its own name', () => {
  const build = (options: Partial<TransposedLayerOptions>) =>
    new ConvTranspose2d({ outChannels: 4, kernelSize: 3, ...options }).build([3, 5, 5], context);
  expect(
    messagesOf({
      'no kernel': () => build({ kernelSize: [0, 3] }),
      'no stride': () => build({ stride: 0 }),
      'an impossible size': () => build({ stride: [2, 3], outputSize: 13 }),
      'size and output padding': () => build({ stride: 2, outputSize: 11, outputPadding: 0 }),
      'too much output padding': () => build({ outputPadding: 1 }),
      'too much padding': () => build({ padding: 4 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "an impossible size": "ShapeError: conv2: outputSize [13, 13]; wanted height 11 or 12 and width 15, 16 or 17. Ask for one of these, or change stride, padding or kernel.",
      "no kernel": "ValueError: conv2: kernelSize is [0,3]; wanted a whole number of at least 1, or 2 of them. Give kernelSize as a number, or as [height, width].",
      "no stride": "ValueError: conv2: stride is 0; wanted a whole number of at least 1, or 2 of them. Give stride as a number, or as [height, width].",
      "size and output padding": "ValueError: conv2: outputPadding 0 and outputSize 11; wanted one of the two. Drop the output padding: the output size says it all.",
      "too much output padding": "ValueError: conv2: outputPadding is 1, with stride 1 and dilation 1 along the height; wanted less than the larger of the two. Use a larger stride, or \`pad\` the output.",
      "too much padding": "ShapeError: conv2: height 5, which becomes height -1; wanted an input and an output of at least 1. Use less padding or a larger kernel.",
    }
  `);
});
