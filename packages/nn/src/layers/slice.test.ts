import { Random, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { Slice } from './slice.ts';

const context = { name: 'slice1', random: new Random(1), dtype: 'float32' } as const;
const x = tensor([[[1, 2, 3, 4, 5]], [[6, 7, 8, 9, 10]]]);

test('keeps a part of one axis, counted with the batch or from the end', () => {
  const layer = new Slice({ axis: 2, start: 1, end: -1 });
  expect([layer.type, layer.kind]).toEqual(['Slice', 'slice']);
  expect(layer.build([1, 5], context)).toEqual([1, 3]);
  expect(layer.call(x).toList()).toEqual([[[2, 3, 4]], [[7, 8, 9]]]);
  expect(new Slice({ axis: -1, step: 2 }).call(x).toList()).toEqual([[[1, 3, 5]], [[6, 8, 10]]]);
  expect(new Slice({ axis: -1, start: -2 }).call(x).toList()).toEqual([[[4, 5]], [[9, 10]]]);
});

test('refuses, when it is built, the batch, and a part of nothing', () => {
  expect(
    messagesOf({
      batch: () => new Slice({ axis: -3 }).build([1, 5], context),
      nothing: () => new Slice({ axis: 2, start: 5 }).build([1, 5], context),
      'no such axis': () => new Slice({ axis: 3 }).build([1, 5], context),
      'half an index': () => new Slice({ axis: 2, start: 0.5 }).build([1, 5], context),
    }),
  ).toMatchInlineSnapshot(`
    {
      "batch": "ValueError: slice1: axis 0, that of the batch; wanted an axis of each example, from 1 on. A model takes batches of any size; do that outside of it.",
      "half an index": "ShapeError: slice1: the range [0.5, null, 1] for axis 2; wanted whole numbers, and a step of at least 1. Give [start, stop, step], or null for the whole axis.",
      "no such axis": "ShapeError: slice1: axis 3 of a tensor with 3 axes; wanted a whole number from -3 to 2. Name an axis that the tensor has.",
      "nothing": "ShapeError: slice1: inputs of shape [1, 5], of which nothing is left along axis 2; wanted one index at least that is kept. Check start and end: the first index is 0, and the end is not kept.",
    }
  `);
});
