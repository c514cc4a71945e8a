import { expect, test } from 'vitest';
import { messagesOf } from '../../../test/messages.ts';
import { adaptiveSizes } from './adaptiveSizes.ts';

const axes = ['height', 'width'] as const;

test('one number stands for all axes', () => {
  expect(adaptiveSizes('pool', [1, 2, 5, 6], 3, axes)).toEqual([3, 3]);
  expect(adaptiveSizes('pool', [0, 0, 5, 6], [9, 1], axes)).toEqual([9, 1]);
});

test('every message', () => {
  expect(
    messagesOf({
      'other axes': () => adaptiveSizes('pool', [1, 2, 5], 3, axes),
      'an empty axis': () => adaptiveSizes('pool', [1, 2, 0, 5], 3, axes),
      'no cells': () => adaptiveSizes('pool', [1, 2, 5, 5], [0, 1], axes),
    }),
  ).toMatchInlineSnapshot(`
    {
      "an empty axis": "ShapeError: pool: x is [1, 2, 0, 5], with a height of 0; wanted at least one number along each spatial axis. Look at the layers before: something has cut everything away.",
      "no cells": "ValueError: pool: outputSize is [0,1]; wanted a whole number of at least 1, or 2 of them. Give outputSize as a number, or as [height, width].",
      "other axes": "ShapeError: pool: x is [1, 2, 5]; wanted [batch, channels, height, width]. Reshape it; a single input needs a batch axis of length 1.",
    }
  `);
});
