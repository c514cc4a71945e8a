import { type DataType, full, Random, type Shape, type Tensor, zeros } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes } from '../../../core/test/numbers.ts';
import { Conv1d } from './conv1d.ts';
import { Conv3d } from './conv3d.ts';
import type { ConvolutionLayerOptions } from './convolutionLayer.ts';
import { ConvTranspose1d } from './convTranspose1d.ts';
import { ConvTranspose2d } from './convTranspose2d.ts';
import { ConvTranspose3d } from './convTranspose3d.ts';
import { DeformConv2d } from './deformConv2d.ts';
import type { Layer } from './layer.ts';

/** The layers that share `ConvolutionLayer`: how to make one, and inputs of 4 channels for it. */
const layers: Record<string, { make: (options: ConvolutionLayerOptions) => Layer; inputShape: Shape }> = {
  Conv1d: { make: (options) => new Conv1d(options), inputShape: [4, 9] },
  Conv3d: { make: (options) => new Conv3d(options), inputShape: [4, 5, 6, 5] },
  ConvTranspose1d: { make: (options) => new ConvTranspose1d(options), inputShape: [4, 5] },
  ConvTranspose2d: { make: (options) => new ConvTranspose2d(options), inputShape: [4, 3, 4] },
  ConvTranspose3d: { make: (options) => new ConvTranspose3d(options), inputShape: [4, 2, 3, 2] },
  DeformConv2d: { make: (options) => new DeformConv2d(options), inputShape: [4, 5, 5] },
};
const context = (seed = 1, dtype: DataType = 'float64') =>
  ({ name: 'conv1', random: new Random(seed), dtype }) as const;

describe.each(Object.entries(layers))('%s', (type, { make, inputShape }) => {
  const isTransposed = type.includes('Transpose');
  const kernelSize = 3 ** (inputShape.length - 1);

  test('says what it is', () => {
    const layer = make({ outChannels: 2, kernelSize: 3 });
    expect([layer.type, layer.kind]).toEqual([type, 'conv']);
    expect(layer.parameters).toEqual([]);
  });

  test('makes a weight and a bias, in this order', () => {
    const layer = make({ outChannels: 6, kernelSize: 3, groups: 2 });
    layer.build(inputShape, context());
    const kernel = inputShape.slice(1).map(() => 3);
    const [weight, bias] = layer.parameters;
    expect([weight.name, weight.shape]).toEqual(['conv1.weight', isTransposed ? [4, 3, ...kernel] : [6, 2, ...kernel]]);
    expect([bias.name, bias.shape]).toEqual(['conv1.bias', [6]]);
  });

  test('knows the shape of its outputs beforehand, with a bias and without', () => {
    for (const bias of [true, false]) {
      const layer = make({ outChannels: 2, kernelSize: 2, bias });
      const outputShape = layer.build(inputShape, context());
      expect(layer.call(zeros([3, ...inputShape], { dtype: 'float64' })).shape).toEqual([3, ...outputShape]);
      expect(layer.parameters.some(({ name }) => name === 'conv1.bias')).toBe(bias);
    }
  });

  test.each(dataTypes)('starts from numbers between ±1/√fanIn, as PyTorch counts it, in %s', (dtype) => {
    const layer = make({ outChannels: 32, kernelSize: 3, groups: 2 });
    layer.build(inputShape, context(1, dtype));
    // The second axis of the weight: input channels of a group or, transposed, output channels of a group.
    const bound = 1 / Math.sqrt((isTransposed ? 16 : 2) * kernelSize);
    for (const parameter of layer.parameters.slice(0, 2)) {
      const largest = Math.max(...parameter.toFlatArray().map(Math.abs));
      expect(parameter.dtype).toBe(dtype);
      expect(largest).toBeLessThanOrEqual(Math.fround(bound) * (1 + 1e-7));
      expect(largest).toBeGreaterThan(0.8 * bound);
    }
  });

  test('starts from the same numbers with the same seed, or from an initialiser of your own', () => {
    const parameters = (seed: number, options: Partial<ConvolutionLayerOptions> = {}): readonly Tensor[] => {
      const layer = make({ outChannels: 2, kernelSize: 3, ...options });
      layer.build(inputShape, context(seed));
      return layer.parameters;
    };
    parameters(7).forEach((parameter, at) => {
      expectSame(parameter, parameters(7)[at]);
    });
    expect(parameters(7)[0].toList()).not.toEqual(parameters(8)[0].toList());
    const halves = parameters(7, { initialiser: ({ shape, dtype }) => full(shape, 0.5, { dtype }) });
    expect(new Set(halves[0].toFlatArray())).toEqual(new Set([0.5]));
  });

  test('refuses what does not fit, in its own name', () => {
    const build = (options: Partial<ConvolutionLayerOptions>, shape = inputShape) =>
      make({ outChannels: 4, kernelSize: 3, ...options }).build(shape, { ...context(), name: 'conv2' });
    const built = make({ outChannels: 2, kernelSize: 2 });
    built.build(inputShape, context());
    const axes = { 2: 'length', 3: 'height, width', 4: 'depth, height, width' }[inputShape.length];
    expect(
      messagesOf({
        'no filters': () => make({ outChannels: 0, kernelSize: 3 }),
        'flat inputs': () => build({}, [75]),
        'groups that divide nothing': () => build({ groups: 3 }),
        'no groups': () => build({ groups: 0 }),
        'built twice': () => built.build(inputShape, { ...context(), name: 'conv2' }),
        'called before it is built': () => make({ outChannels: 2, kernelSize: 3 }).call(zeros([1, ...inputShape])),
      }),
    ).toEqual({
      'no filters': `ValueError: ${type}: outChannels is 0; wanted a whole number of at least 1. Say how many filters the layer should learn.`,
      'flat inputs': `ShapeError: conv2: inputs of shape [75]; wanted [channels, ${axes}], without the batch axis. Put the layer before Flatten, or give the model inputs with a channel axis.`,
      'groups that divide nothing':
        'ValueError: conv2: groups is 3, with 4 input and 4 output channels; wanted a whole number that divides both: 1, 2, 4. Use 1, or as many groups as input channels for a depthwise convolution.',
      'no groups':
        'ValueError: conv2: groups is 0, with 4 input and 4 output channels; wanted a whole number that divides both: 1, 2, 4. Use 1, or as many groups as input channels for a depthwise convolution.',
      'built twice': `ValueError: conv2: a conv layer that already has the parameters ${built.parameters
        .map(({ name }) => name)
        .join(', ')}; wanted a layer that is not part of a model yet. Make a new layer each time.`,
      'called before it is built':
        'ValueError: conv: a call before `build`; wanted a layer that knows the shape of its input. Put it into a Sequential, or call `build(inputShape, { name, random, dtype })` first.',
    });
  });
});
