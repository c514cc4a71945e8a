import { conv1d, Random, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { Conv1d } from './conv1d.ts';
import type { ConvolutionLayerOptions } from './convolutionLayer.ts';
import { Sequential } from './sequential.ts';

const context = { name: 'conv2', random: new Random(1), dtype: 'float64' } as const;

test('is `conv1d` with its parameters and options', () => {
  const options = { stride: 2, padding: [1, 2], dilation: 2, groups: 2 } as const;
  const conv = new Conv1d({ outChannels: 4, kernelSize: 3, ...options });
  expect(conv.build([2, 9], context)).toEqual([4, 4]);
  const [weight, bias] = conv.parameters;
  const x = tensor(uniform([3, 2, 9]));
  expectSame(conv.call(x), conv1d(x, weight, { bias, ...options }));
});

test('is a layer of a model', () => {
  const model = new Sequential(
    [
      new Conv1d({ outChannels: 4, kernelSize: 5, padding: 'same' }),
      new Conv1d({ outChannels: 2, kernelSize: 3, stride: 2 }),
    ],
    { inputShape: [1, 20], random: new Random(1) },
  );
  expect(model.layers.map(({ name, outputShape }) => [name, outputShape])).toEqual([
    ['conv1', [4, 20]],
    ['conv2', [2, 9]],
  ]);
  expect(model.call(tensor(uniform([3, 1, 20]), { dtype: 'float32' })).shape).toEqual([3, 2, 9]);
});

test('refuses windows that do not fit, in its own name', () => {
  const build = (options: Partial<ConvolutionLayerOptions>) =>
    new Conv1d({ outChannels: 4, kernelSize: 3, ...options }).build([3, 5], context);
  expect(
    messagesOf({
      'no kernel': () => build({ kernelSize: 0 }),
      'a kernel too large': () => build({ kernelSize: 6 }),
      'no stride': () => build({ stride: 0 }),
      "a stride with 'same'": () => build({ stride: 2, padding: 'same' }),
      'negative padding': () => build({ padding: -1 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a kernel too large": "ShapeError: conv2: length 5 with padding 0 + 0 under a window of 6; wanted an input at least as large as the window. Use a kernel of at most 5, or more padding.",
      "a stride with 'same'": "ValueError: conv2: padding 'same' with the stride 2; wanted a stride of 1 with 'same'. Give the padding in numbers.",
      "negative padding": "ValueError: conv2: padding is -1; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number or [before, after].",
      "no kernel": "ValueError: conv2: kernelSize is 0; wanted a whole number of at least 1. Give kernelSize as a number.",
      "no stride": "ValueError: conv2: stride is 0; wanted a whole number of at least 1. Give stride as a number.",
    }
  `);
});
