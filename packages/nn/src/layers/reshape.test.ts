import { Random, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { ConvTranspose2d } from './convTranspose2d.ts';
import { Dense } from './dense.ts';
import { Flatten } from './flatten.ts';
import { Reshape } from './reshape.ts';
import { Sequential } from './sequential.ts';

const context = { name: 'reshape1', random: new Random(1), dtype: 'float32' } as const;

test('reads each example by another shape, and Flatten is its way back', () => {
  const layer = new Reshape({ shape: [2, -1] });
  expect([layer.type, layer.kind, layer.parameters]).toEqual(['Reshape', 'reshape', []]);
  expect(layer.build([6], context)).toEqual([2, 3]);
  const x = tensor([[1, 2, 3, 4, 5, 6]]);
  expect(layer.call(x).toList()).toEqual([
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ]);
  expect(new Flatten().call(layer.call(x)).toList()).toEqual(x.toList());
});

test('brings images out of a dense layer, batches of any length', () => {
  const layers = [
    new Dense({ outFeatures: 8 }),
    new Reshape({ shape: [2, 2, 2] }),
    new ConvTranspose2d({ outChannels: 1, kernelSize: 2, stride: 2 }),
  ];
  const decoder = new Sequential(layers, { inputShape: [3], random: new Random(1) });
  expect(decoder.layers.map(({ name }) => name)).toEqual(['dense1', 'reshape1', 'conv1']);
  for (const batch of [0, 1, 5])
    expect(decoder.call(tensor(uniform([batch, 3]), { dtype: 'float32' })).shape).toEqual([batch, 1, 4, 4]);
});

test('refuses, when it is built, what does not fit', () => {
  expect(messagesOf({ size: () => new Reshape({ shape: [4, 2] }).build([6], context) }).size).toBe(
    'ShapeError: reshape1: x is [1, 6] with 6 numbers, shape is [1, 4, 2]; wanted a shape of 6 numbers, with at most one -1. Put -1 for the length that is to be worked out.',
  );
});
