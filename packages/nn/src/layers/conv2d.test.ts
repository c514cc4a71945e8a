import { conv2d, full, Random, type Tensor, tensor, zeros } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { windows } from '../../../core/test/images.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, uniform } from '../../../core/test/numbers.ts';
import { Conv2d } from './conv2d.ts';
import type { ConvolutionLayerOptions } from './convolutionLayer.ts';

const context = (seed = 1) => ({ name: 'conv1', random: new Random(seed), dtype: 'float64' }) as const;

function built(options: ConvolutionLayerOptions, inputShape: readonly number[], seed = 1): Conv2d {
  const conv = new Conv2d(options);
  conv.build(inputShape, context(seed));
  return conv;
}

test('makes a weight and a bias, in this order', () => {
  const conv = new Conv2d({ outChannels: 6, kernelSize: [3, 5], groups: 2 });
  expect(conv.parameters).toEqual([]);
  expect(conv.build([4, 8, 9], context())).toEqual([6, 6, 5]);
  expect(conv.parameters.map(({ name, shape, dtype }) => ({ name, shape, dtype }))).toEqual([
    { name: 'conv1.weight', shape: [6, 2, 3, 5], dtype: 'float64' },
    { name: 'conv1.bias', shape: [6], dtype: 'float64' },
  ]);
});

test('is `conv2d` with its parameters and options', () => {
  const options = {
    stride: [2, 1],
    padding: [
      [1, 0],
      [2, 1],
    ],
    dilation: 2,
    groups: 2,
  } as const;
  const conv = built({ outChannels: 4, kernelSize: [2, 3], ...options }, [2, 6, 7]);
  const [weight, bias] = conv.parameters;
  const x = tensor(uniform([3, 2, 6, 7]));
  expectSame(conv.call(x), conv2d(x, weight, { bias, ...options }));
});

test('does without a bias', () => {
  const conv = built({ outChannels: 2, kernelSize: 3, bias: false }, [1, 5, 5]);
  const x = tensor(uniform([2, 1, 5, 5]));
  expect(conv.parameters.map(({ name }) => name)).toEqual(['conv1.weight']);
  expectSame(conv.call(x), conv2d(x, conv.parameters[0]));
});

test('knows the shape of its outputs beforehand', () => {
  fc.assert(
    fc.property(
      windows,
      fc.integer({ min: 1, max: 3 }),
      ({ batch, channels, height, width, kernel, ...moves }, outChannels) => {
        const conv = new Conv2d({ ...moves, outChannels, kernelSize: kernel });
        const outputShape = conv.build([channels, height, width], context());
        expect(conv.call(zeros([batch, channels, height, width], { dtype: 'float64' })).shape).toEqual([
          batch,
          ...outputShape,
        ]);
      },
    ),
  );
  expect(new Conv2d({ outChannels: 2, kernelSize: 4, padding: 'same' }).build([1, 9, 7], context())).toEqual([2, 9, 7]);
});

test.each(dataTypes)('starts from numbers between ±1/√(in·kernel), in %s', (dtype) => {
  const conv = new Conv2d({ outChannels: 60, kernelSize: 5 });
  conv.build([4, 8, 8], { ...context(), dtype });
  for (const parameter of conv.parameters) {
    const sizes = parameter.toFlatArray().map(Math.abs);
    expect(parameter.dtype).toBe(dtype);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(Math.fround(0.1));
    expect(Math.max(...sizes)).toBeGreaterThan(0.09);
  }
});

test('starts from the same numbers with the same seed', () => {
  const parameters = (seed: number): readonly Tensor[] =>
    built({ outChannels: 2, kernelSize: 3 }, [1, 5, 5], seed).parameters;
  parameters(7).forEach((parameter, at) => {
    expectSame(parameter, parameters(7)[at]);
    expect(parameter.toList()).not.toEqual(parameters(8)[at].toList());
  });
});

test('starts its weight from an initialiser of your own', () => {
  const initialiser: ConvolutionLayerOptions['initialiser'] = ({ shape, dtype }) => full(shape, 0.5, { dtype });
  expect(built({ outChannels: 1, kernelSize: [1, 2], initialiser }, [1, 2, 2]).parameters[0].toList()).toEqual([
    [[[0.5, 0.5]]],
  ]);
});

test('refuses what does not fit', () => {
  const conv = built({ outChannels: 2, kernelSize: 3 }, [1, 5, 5]);
  const build = (options: Partial<ConvolutionLayerOptions>, inputShape = [3, 5, 5]) =>
    new Conv2d({ outChannels: 4, kernelSize: 3, ...options }).build(inputShape, { ...context(), name: 'conv2' });
  expect(
    messagesOf({
      'no filters': () => new Conv2d({ outChannels: 0, kernelSize: 3 }),
      'flat inputs': () => build({}, [75]),
      'groups that divide nothing': () => build({ groups: 2 }),
      'no groups': () => build({ groups: 0 }),
      'no kernel': () => build({ kernelSize: 0 }),
      'a kernel too large': () => build({ kernelSize: [3, 6] }),
      'no stride': () => build({ stride: 0 }),
      "a stride with 'same'": () => build({ stride: 2, padding: 'same' }),
      'negative padding': () => build({ padding: -1 }),
      'built twice': () => conv.build([1, 5, 5], { ...context(), name: 'conv2' }),
      'called before it is built': () => new Conv2d({ outChannels: 2, kernelSize: 3 }).call(zeros([1, 1, 5, 5])),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a kernel too large": "ShapeError: conv2: width 5 with padding 0 + 0 under a window of 6; wanted an input at least as large as the window. Use a kernel of at most 5, or more padding.",
      "a stride with 'same'": "ValueError: conv2: padding 'same' with the stride 2; wanted a stride of 1 with 'same'. Give the padding in numbers.",
      "built twice": "ValueError: conv2: a conv layer that already has the parameters conv1.weight, conv1.bias; wanted a layer that is not part of a model yet. Make a new layer each time.",
      "called before it is built": "ValueError: conv: a call before \`build\`; wanted a layer that knows the shape of its input. Put it into a Sequential, or call \`build(inputShape, { name, random, dtype })\` first.",
      "flat inputs": "ShapeError: conv2: inputs of shape [75]; wanted [channels, height, width], without the batch axis. Put the layer before Flatten, or give the model inputs with a channel axis.",
      "groups that divide nothing": "ValueError: conv2: groups is 2, with 3 input and 4 output channels; wanted a whole number that divides both: 1. Use 1, or as many groups as input channels for a depthwise convolution.",
      "negative padding": "ValueError: conv2: padding is -1; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, or for each of [height, width] a number or [before, after].",
      "no filters": "ValueError: Conv2d: outChannels is 0; wanted a whole number of at least 1. Say how many filters the layer should learn.",
      "no groups": "ValueError: conv2: groups is 0, with 3 input and 4 output channels; wanted a whole number that divides both: 1. Use 1, or as many groups as input channels for a depthwise convolution.",
      "no kernel": "ValueError: conv2: kernelSize is 0; wanted a whole number of at least 1, or 2 of them. Give kernelSize as a number, or as [height, width].",
      "no stride": "ValueError: conv2: stride is 0; wanted a whole number of at least 1, or 2 of them. Give stride as a number, or as [height, width].",
    }
  `);
});
