import { adaptiveAvgPool1d, adaptiveAvgPool2d, Random, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { AdaptiveAvgPool1d, AdaptiveAvgPool2d } from './pooling.ts';

const context = { name: 'pool1', random: new Random(1), dtype: 'float32' } as const;

test('AdaptiveAvgPool1d is `adaptiveAvgPool1d`, and knows its output beforehand', () => {
  const layer = new AdaptiveAvgPool1d({ outputSize: 3 });
  expect([layer.type, layer.kind, layer.parameters]).toEqual(['AdaptiveAvgPool1d', 'pool', []]);
  expect(layer.build([2, 7], context)).toEqual([2, 3]);
  const x = tensor(uniform([4, 2, 7]));
  expectSame(layer.call(x), adaptiveAvgPool1d(x, { outputSize: 3 }));
});

test('AdaptiveAvgPool2d is `adaptiveAvgPool2d`, and knows its output beforehand', () => {
  const layer = new AdaptiveAvgPool2d({ outputSize: [3, 2] });
  expect([layer.type, layer.kind, layer.parameters]).toEqual(['AdaptiveAvgPool2d', 'pool', []]);
  expect(layer.build([2, 7, 5], context)).toEqual([2, 3, 2]);
  const x = tensor(uniform([4, 2, 7, 5]));
  expectSame(layer.call(x), adaptiveAvgPool2d(x, { outputSize: [3, 2] }));
  expect(new AdaptiveAvgPool2d({ outputSize: 1 }).build([2, 7, 5], context)).toEqual([2, 1, 1]);
});

test('every message', () => {
  expect(
    messagesOf({
      'an image for a signal': () => new AdaptiveAvgPool1d({ outputSize: 3 }).build([1, 5, 5], context),
      'a signal for an image': () => new AdaptiveAvgPool2d({ outputSize: 3 }).build([1, 5], context),
      'no cells': () => new AdaptiveAvgPool2d({ outputSize: 0 }).build([1, 5, 5], context),
      'half a cell': () => new AdaptiveAvgPool1d({ outputSize: 0.5 }).build([1, 5], context),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a signal for an image": "ShapeError: pool1: inputs of shape [1, 5]; wanted [channels, height, width], without the batch axis. Put the layer before Flatten, or give the model inputs with a channel axis.",
      "an image for a signal": "ShapeError: pool1: inputs of shape [1, 5, 5]; wanted [channels, length], without the batch axis. Put the layer before Flatten, or give the model inputs with a channel axis.",
      "half a cell": "ValueError: pool1: outputSize is 0.5; wanted a whole number of at least 1. Give outputSize as a number.",
      "no cells": "ValueError: pool1: outputSize is 0; wanted a whole number of at least 1, or 2 of them. Give outputSize as a number, or as [height, width].",
    }
  `);
});
