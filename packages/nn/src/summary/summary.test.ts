import { Random } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { Conv2d } from '../layers/conv2d.ts';
import { Dense } from '../layers/dense.ts';
import { Flatten } from '../layers/flatten.ts';
import { MaxPool2d } from '../layers/pooling.ts';
import { ReLU } from '../layers/relu.ts';
import { Sequential } from '../layers/sequential.ts';

const model = new Sequential(
  [
    new Conv2d({ outChannels: 8, kernelSize: 5 }),
    new ReLU(),
    new MaxPool2d({ kernelSize: 2 }),
    new Flatten(),
    new Dense({ outFeatures: 10 }),
  ],
  { inputShape: [1, 28, 28], random: new Random(1) },
);

test('counts what each layer gives and learns', () => {
  const { inputShape, rows, totalParameters } = model.summary();
  expect(inputShape).toEqual([1, 28, 28]);
  expect(rows).toEqual([
    { name: 'conv1', type: 'Conv2d', outputShape: [8, 24, 24], parameters: 8 * 25 + 8 },
    { name: 'relu1', type: 'ReLU', outputShape: [8, 24, 24], parameters: 0 },
    { name: 'pool1', type: 'MaxPool2d', outputShape: [8, 12, 12], parameters: 0 },
    { name: 'flatten1', type: 'Flatten', outputShape: [1152], parameters: 0 },
    { name: 'dense1', type: 'Dense', outputShape: [10], parameters: 1152 * 10 + 10 },
  ]);
  expect(totalParameters).toBe(11_738);
});

test('prints as a table', () => {
  expect(`\n${model.summary()}`).toMatchInlineSnapshot(`
    "
    layer     type       output       parameters
    input                [1, 28, 28]
    conv1     Conv2d     [8, 24, 24]         208
    relu1     ReLU       [8, 24, 24]           0
    pool1     MaxPool2d  [8, 12, 12]           0
    flatten1  Flatten    [1152]                0
    dense1    Dense      [10]             11,530
    total                                 11,738"
  `);
});

test('of no layers is a table still', () => {
  expect(`\n${new Sequential([], { inputShape: [3], random: new Random(1) }).summary()}`).toMatchInlineSnapshot(`
    "
    layer  type  output  parameters
    input        [3]
    total                         0"
  `);
});
