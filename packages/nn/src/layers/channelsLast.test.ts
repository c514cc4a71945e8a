import { onWarning, Random, type Shape, type Warning, zeros } from '@tapegrad/core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { Conv2d } from './conv2d.ts';
import { Dense } from './dense.ts';
import { Flatten } from './flatten.ts';
import type { Layer } from './layer.ts';
import { Sequential } from './sequential.ts';

const warnings: Warning[] = [];
const back = onWarning((warning) => warnings.push(warning));
afterEach(() => {
  warnings.length = 0;
});
afterAll(back);

const model = (
  inputShape: Shape,
  first: readonly Layer[] = [new Conv2d({ outChannels: 2, kernelSize: 3 })],
): Sequential =>
  new Sequential([...first, new Flatten(), new Dense({ outFeatures: 2 })], { inputShape, random: new Random(1) });

test('a model for images [32, 32, 3] is built with a warning', () => {
  model([32, 32, 3]);
  expect(warnings.map(({ code, message }) => [code, message])).toEqual([
    [
      'CHANNELS_LAST',
      'inputs of [32, 32, 3] are 32 channels of 32 × 3 pixels. Where channels come last, say inputShape [3, 32, 32] and give `transpose(x, [0, 3, 1, 2])`.',
    ],
  ]);
});

test('where it cannot be built, the error says so too; other shapes, and models without a convolution, hear nothing', () => {
  model([3, 32, 32]);
  model([32, 32, 4], []);
  model([5, 5, 3]);
  expect(messagesOf({ 'one channel': () => model([28, 28, 1]) })['one channel']).toMatch(
    /^ShapeError: conv1: .* Where channels come last, say inputShape \[1, 28, 28\] and give `transpose\(x, \[0, 3, 1, 2\]\)`\.$/,
  );
  expect(warnings).toEqual([]);
});

test('images with their channels last are to be transposed, and not reshaped', () => {
  const built = model([3, 8, 9]);
  expect(
    messagesOf({
      batch: () => built.call(zeros([2, 8, 9, 3])),
      image: () => built.call(zeros([8, 9, 3])),
      'without a batch axis': () => built.call(zeros([3, 8, 9])),
      'of another size': () => built.call(zeros([2, 3, 9, 9])),
    }),
  ).toMatchInlineSnapshot(`
    {
      "batch": "ShapeError: conv1, the first layer of Sequential: x is [2, 8, 9, 3]; wanted a batch of [3, 8, 9]: [batch, 3, 8, 9]. Channels come first here: \`transpose(x, [0, 3, 1, 2])\`.",
      "image": "ShapeError: conv1, the first layer of Sequential: x is [8, 9, 3]; wanted a batch of [3, 8, 9]: [batch, 3, 8, 9]. Channels come first here, behind a batch axis: \`reshape(transpose(x, [2, 0, 1]), [1, 3, 8, 9])\`.",
      "of another size": "ShapeError: conv1, the first layer of Sequential: x is [2, 3, 9, 9]; wanted a batch of [3, 8, 9]: [batch, 3, 8, 9]. Reshape x, or build the model for inputs of that shape.",
      "without a batch axis": "ShapeError: conv1, the first layer of Sequential: x is [3, 8, 9]; wanted a batch of [3, 8, 9]: [batch, 3, 8, 9]. Put a batch axis of length 1 in front: \`reshape(x, [1, 3, 8, 9])\`.",
    }
  `);
});
