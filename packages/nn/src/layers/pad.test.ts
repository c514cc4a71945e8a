import { conv2d, pad, Random, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { Conv2d } from './conv2d.ts';
import { Pad } from './pad.ts';
import { Sequential } from './sequential.ts';

const context = { name: 'pad1', random: new Random(1), dtype: 'float32' } as const;

test('is `pad` around the spatial axes, and knows its output beforehand', () => {
  const x = tensor(uniform([2, 3, 4, 5]));
  for (const mode of ['constant', 'reflect', 'replicate', 'circular'] as const) {
    const layer = new Pad({ padding: [1, [2, 0]], mode });
    expect([layer.type, layer.kind, layer.parameters]).toEqual(['Pad', 'pad', []]);
    expect(layer.build([3, 4, 5], context)).toEqual([3, 6, 7]);
    expectSame(
      layer.call(x),
      pad(
        x,
        [
          [0, 0],
          [0, 0],
          [1, 1],
          [2, 0],
        ],
        { mode },
      ),
    );
  }
  expectSame(
    new Pad({ padding: 1, value: 7 }).call(x),
    pad(
      x,
      [
        [0, 0],
        [0, 0],
        [1, 1],
        [1, 1],
      ],
      { value: 7 },
    ),
  );
  expect(new Pad({ padding: [1, 2] }).build([3, 4], context)).toEqual([3, 7]);
  expect(new Pad({ padding: 1 }).build([3, 4, 5, 6], context)).toEqual([3, 6, 7, 8]);
});

test('makes a convolution that is padded by a mirror', () => {
  const layers = [new Pad({ padding: 1, mode: 'reflect' }), new Conv2d({ outChannels: 2, kernelSize: 3 })];
  const model = new Sequential(layers, { inputShape: [1, 4, 4], random: new Random(1), dtype: 'float64' });
  const x = tensor(uniform([2, 1, 4, 4]));
  const [weight, bias] = model.parameters;
  const mirrored = pad(
    x,
    [
      [0, 0],
      [0, 0],
      [1, 1],
      [1, 1],
    ],
    { mode: 'reflect' },
  );
  expectSame(model.call(x), conv2d(mirrored, weight, { bias }));
  expect(model.outputShape).toEqual([2, 4, 4]);
});

test('refuses, when it is built, what does not fit', () => {
  const messages = messagesOf({
    mirror: () => new Pad({ padding: 4, mode: 'reflect' }).build([1, 4, 4], context),
    padding: () => new Pad({ padding: -1 }).build([1, 4, 4], context),
    mode: () => new Pad({ padding: 1, mode: 'zeros' as 'constant' }).build([1, 4], context),
  });
  expect(messages.mirror).toMatch(/^ShapeError: pad1: x is \[1, 1, 4, 4\], with 4 more by 'reflect' along axis 2/);
  expect(messages.padding).toMatch(/^ValueError: pad1: padding is -1; wanted whole numbers of at least 0/);
  expect(messages.mode).toMatch(/^ValueError: pad1: mode is 'zeros'/);
});
