import { convTranspose1d, Random, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { Conv1d } from './conv1d.ts';
import type { TransposedLayerOptions } from './convolutionLayer.ts';
import { ConvTranspose1d } from './convTranspose1d.ts';
import { Sequential } from './sequential.ts';

const context = { name: 'conv2', random: new Random(1), dtype: 'float64' } as const;

test('is `convTranspose1d` with its parameters and options', () => {
  const options = { stride: 3, padding: [1, 0], dilation: 2, groups: 2, outputPadding: 1 } as const;
  const conv = new ConvTranspose1d({ outChannels: 4, kernelSize: 3, ...options });
  expect(conv.build([2, 5], context)).toEqual([4, 17]);
  const [weight, bias] = conv.parameters;
  const x = tensor(uniform([3, 2, 5]));
  expectSame(conv.call(x), convTranspose1d(x, weight, { bias, ...options }));
});

test('brings back in a model what a convolution made smaller', () => {
  const window = { kernelSize: 3, stride: 2 };
  const model = new Sequential(
    [new Conv1d({ outChannels: 4, ...window }), new ConvTranspose1d({ outChannels: 1, outputSize: 20, ...window })],
    { inputShape: [1, 20], random: new Random(1) },
  );
  expect(model.outputShape).toEqual([1, 20]);
  expect(model.call(tensor(uniform([3, 1, 20]), { dtype: 'float32' })).shape).toEqual([3, 1, 20]);
});

test('refuses windows that do not fit, in its own name', () => {
  const build = (options: Partial<TransposedLayerOptions>) =>
    new ConvTranspose1d({ outChannels: 4, kernelSize: 3, ...options }).build([3, 5], context);
  expect(
    messagesOf({
      'no kernel': () => build({ kernelSize: 0 }),
      'no stride': () => build({ stride: 0 }),
      'an impossible size': () => build({ stride: 2, outputSize: 13 }),
      'too much output padding': () => build({ outputPadding: 1 }),
      'too much padding': () => build({ padding: 4 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "an impossible size": "ShapeError: conv2: outputSize [13]; wanted length 11 or 12. Ask for one of these, or change stride, padding or kernel.",
      "no kernel": "ValueError: conv2: kernelSize is 0; wanted a whole number of at least 1. Give kernelSize as a number.",
      "no stride": "ValueError: conv2: stride is 0; wanted a whole number of at least 1. Give stride as a number.",
      "too much output padding": "ValueError: conv2: outputPadding is 1, with stride 1 and dilation 1 along the length; wanted less than the larger of the two. Use a larger stride, or \`pad\` the output.",
      "too much padding": "ShapeError: conv2: length 5, which becomes length -1; wanted an input and an output of at least 1. Use less padding or a larger kernel.",
    }
  `);
});
