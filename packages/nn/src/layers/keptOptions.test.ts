import { ones, Random } from '@tapegrad/core';
import { expect, test } from 'vitest';
import * as nn from '../index.ts';

/*
 * An object of options may serve for several layers, and change between them: `options.outChannels *= 2`. Each layer keeps those
 * it was made with.
 */

const image = [2, 8, 8];
const window = {
  outChannels: 2,
  kernelSize: [3, 3],
  stride: [1, 1],
  padding: [
    [1, 1],
    [1, 1],
  ],
};

/** Layers by their options, and what these become later: another shape, or what would have been refused. */
const layers: Readonly<Record<string, readonly [options: object, later: object, inputShape?: readonly number[]]>> = {
  Dense: [{ outFeatures: 2 }, { outFeatures: 5, bias: false }, [3]],
  Conv2d: [window, { outChannels: 4, kernelSize: 1 }],
  ConvTranspose2d: [
    { outChannels: 2, kernelSize: 3 },
    { outChannels: 4, stride: 2 },
  ],
  DeformConv2d: [{ outChannels: 2, kernelSize: 3 }, { outChannels: 4 }],
  BatchNorm: [{ momentum: 0.5 }, { momentum: 7, affine: false }],
  InstanceNorm: [{}, { affine: true }],
  LayerNorm: [{}, { affine: false }],
  GroupNorm: [{ groups: 2 }, { groups: 1, affine: false }],
  Embedding: [{ count: 3, features: 2 }, { features: 5 }, [2]],
  PReLU: [{}, { perChannel: true }],
  Affine: [{}, { weight: false }],
  SqueezeExcitation: [{ reduction: 1 }, { reduction: 2 }],
  MaxPool2d: [{ kernelSize: [2, 2] }, { kernelSize: 4 }],
  Reshape: [{ shape: [4, 32] }, { shape: [128] }],
  Clamp: [{ min: 0, max: 0.5 }, { max: 0.25 }],
  Upsample: [{ scale: 2 }, { scale: 3 }],
};

const make = (name: string, options: object): nn.Layer =>
  Reflect.construct((nn as unknown as Record<string, new () => nn.Layer>)[name], [options]);

const shown = (layer: nn.Layer, inputShape: readonly number[]): unknown => {
  const model = new nn.Sequential([layer], { inputShape, random: new Random(1) });
  const y = model.call(ones([2, ...inputShape]), { training: true, random: new Random(1) });
  return [
    y.shape,
    y.toList(),
    model.parameters.map((each) => each.toList()),
    model.buffers.map(({ value }) => value.toList()),
  ];
};

test.each(Object.entries(layers))(
  '%s keeps the options that it was made with',
  (name, [options, later, inputShape = image]) => {
    const wanted = shown(make(name, structuredClone(options)), inputShape);
    const given: Record<string, unknown> = structuredClone(options) as Record<string, unknown>;
    const layer = make(name, given);
    for (const value of Object.values(given)) if (Array.isArray(value)) value.fill(1);
    Object.assign(given, later);
    expect(shown(layer, inputShape)).toEqual(wanted);
  },
);
