import { Random, tensor, transpose } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { Permute } from './permute.ts';

const context = { name: 'permute1', random: new Random(1), dtype: 'float64' } as const;

test('brings channels from the end to the front, batches of any length', () => {
  const layer = new Permute({ order: [0, 3, 1, 2] });
  expect([layer.type, layer.kind, layer.parameters]).toEqual(['Permute', 'permute', []]);
  expect(layer.build([4, 5, 3], context)).toEqual([3, 4, 5]);
  const x = tensor(uniform([2, 4, 5, 3]));
  expect(layer.call(x).toList()).toEqual(transpose(x, [0, 3, 1, 2]).toList());
});

test('refuses, when it is built, what does not fit', () => {
  expect(
    messagesOf({
      batch: () => new Permute({ order: [1, 0] }).build([3], context),
      'one axis too many': () => new Permute({ order: [0, 1, 2] }).build([3], context),
      'an axis twice': () => new Permute({ order: [0, 1, 1] }).build([3, 2], context),
    }),
  ).toMatchInlineSnapshot(`
    {
      "an axis twice": "ShapeError: permute1: axes [0, 1, 1], which name axis 1 twice; wanted each axis at most once. Drop the second one.",
      "batch": "ShapeError: permute1: order [1, 0]; wanted the batch axis, 0, in front. Keep it there: \`new Permute({ order: [0, 1] })\`.",
      "one axis too many": "ShapeError: permute1: axis 2 of a tensor with 2 axes; wanted a whole number from -2 to 1. Name an axis that the tensor has.",
    }
  `);
});
