import { globalAvgPool, globalMaxPool, Random, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { GlobalAvgPool1d, GlobalAvgPool2d, GlobalMaxPool1d, GlobalMaxPool2d } from './pooling.ts';

const context = { name: 'pool1', random: new Random(1), dtype: 'float32' } as const;

describe.each([
  { Pool: GlobalAvgPool1d, type: 'GlobalAvgPool1d', op: globalAvgPool, inputShape: [3, 5] },
  { Pool: GlobalMaxPool1d, type: 'GlobalMaxPool1d', op: globalMaxPool, inputShape: [3, 5] },
  { Pool: GlobalAvgPool2d, type: 'GlobalAvgPool2d', op: globalAvgPool, inputShape: [3, 5, 4] },
  { Pool: GlobalMaxPool2d, type: 'GlobalMaxPool2d', op: globalMaxPool, inputShape: [3, 5, 4] },
])('$type', ({ Pool, type, op, inputShape }) => {
  test('leaves one number of each channel, with or without the axes', () => {
    const x = tensor(uniform([2, ...inputShape]));
    const layer = new Pool();
    expect([layer.type, layer.kind, layer.parameters]).toEqual([type, 'pool', []]);
    expect(layer.build(inputShape, context)).toEqual([3]);
    expectSame(layer.call(x), op(x));
    const kept = new Pool({ keepDims: true });
    expect(kept.build(inputShape, context)).toEqual([3, ...inputShape.slice(1).map(() => 1)]);
    expectSame(kept.call(x), op(x, { keepDims: true }));
  });

  test('refuses other inputs when it is built', () => {
    const wanted = inputShape.length === 2 ? '[channels, length]' : '[channels, height, width]';
    const { 'flat inputs': message } = messagesOf({ 'flat inputs': () => new Pool().build([75], context) });
    expect(message).toBe(
      `ShapeError: pool1: inputs of shape [75]; wanted ${wanted}, without the batch axis. Put the layer before Flatten, or give the model inputs with a channel axis.`,
    );
  });
});

test('an empty image is refused', () => {
  const build = () => new GlobalMaxPool2d().build([3, 0, 4], context);
  expect(messagesOf({ build })).toMatchInlineSnapshot(`
    {
      "build": "ShapeError: pool1: x is [1, 3, 0, 4]; wanted [batch, channels, ...spatial], with at least one number in each channel. Call it on images, before they are flattened.",
    }
  `);
});
