import {
  adaptiveMaxPool1d,
  adaptiveMaxPool2d,
  avgPool3d,
  globalAvgPool,
  globalMaxPool,
  maxPool3d,
  Random,
  type Shape,
  type Tensor,
  tensor,
} from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import type { Layer } from './layer.ts';
import {
  AdaptiveMaxPool1d,
  AdaptiveMaxPool2d,
  AvgPool3d,
  GlobalAvgPool3d,
  GlobalMaxPool3d,
  MaxPool3d,
} from './pooling.ts';

const context = { name: 'pool1', random: new Random(1), dtype: 'float32' } as const;
const moves = { kernelSize: [2, 3, 2], stride: 2, padding: [0, 1, 0], dilation: [1, 1, 2], ceilMode: true } as const;
const [volume, image, signal] = [
  [2, 5, 7, 6],
  [2, 7, 6],
  [2, 7],
];

const layers: readonly (readonly [type: string, layer: Layer, inputShape: Shape, op: (x: Tensor) => Tensor])[] = [
  ['MaxPool3d', new MaxPool3d(moves), volume, (x) => maxPool3d(x, moves)],
  [
    'AvgPool3d',
    new AvgPool3d({ ...moves, countIncludePad: false }),
    volume,
    (x) => avgPool3d(x, { ...moves, countIncludePad: false }),
  ],
  ['GlobalMaxPool3d', new GlobalMaxPool3d(), volume, (x) => globalMaxPool(x)],
  ['GlobalAvgPool3d', new GlobalAvgPool3d({ keepDims: true }), volume, (x) => globalAvgPool(x, { keepDims: true })],
  [
    'AdaptiveMaxPool1d',
    new AdaptiveMaxPool1d({ outputSize: 3 }),
    signal,
    (x) => adaptiveMaxPool1d(x, { outputSize: 3 }),
  ],
  [
    'AdaptiveMaxPool2d',
    new AdaptiveMaxPool2d({ outputSize: [3, 2] }),
    image,
    (x) => adaptiveMaxPool2d(x, { outputSize: [3, 2] }),
  ],
];

test.each(layers)('%s is its op, and knows its output beforehand', (type, layer, inputShape, op) => {
  expect([layer.type, layer.kind, layer.constructor.name, layer.parameters]).toEqual([type, 'pool', type, []]);
  const x = tensor(uniform([3, ...inputShape]));
  const y = layer.call(x);
  expectSame(y, op(x));
  expect([3, ...layer.build(inputShape, context)]).toEqual(y.shape);
});

test.each(layers)('%s refuses inputs of other axes', (_, layer) => {
  expect(messagesOf({ flat: () => layer.build([75], context) }).flat).toMatch(
    /^ShapeError: pool1: inputs of shape \[75\]; wanted \[channels, /,
  );
});
