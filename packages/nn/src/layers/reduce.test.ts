import { logSumExp, max, mean, min, product, Random, sum, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { Reduce } from './reduce.ts';

const context = { name: 'reduce1', random: new Random(1), dtype: 'float64' } as const;
const x = tensor(uniform([2, 3, 4, 5]));

test.each(Object.entries({ logSumExp, max, mean, min, product, sum }))('by %s as the op does', (by, op) => {
  const layer = new Reduce({ by: by as 'max', axes: [1, -1], keepDims: true });
  expect(layer.build([3, 4, 5], context)).toEqual([1, 4, 1]);
  expect(layer.call(x).toList()).toEqual(op(x, { axes: [1, 3], keepDims: true }).toList());
  const one = new Reduce({ by: by as 'max', axes: 2 });
  expect([one.kind, one.build([3, 4, 5], context)]).toEqual(['reduce', [3, 5]]);
});

test('refuses the batch, axes that there are not, and other ways', () => {
  expect(
    messagesOf({
      batch: () => new Reduce({ by: 'mean', axes: [0, 1] }).build([3], context),
      'the batch from the end': () => new Reduce({ by: 'mean', axes: -2 }).build([3], context),
      'no such axis': () => new Reduce({ by: 'mean', axes: 2 }).build([3], context),
      'another way': () => new Reduce({ by: 'median' as 'mean', axes: 1 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "another way": "ValueError: Reduce: by is median; wanted one of logSumExp, max, mean, min, product, sum. Say it: \`new Reduce({ by: 'mean', axes: 1 })\`.",
      "batch": "ValueError: reduce1: axis 0, that of the batch; wanted an axis of each example, from 1 on. A model takes batches of any size; do that outside of it.",
      "no such axis": "ShapeError: reduce1: axis 2 of a tensor with 2 axes; wanted a whole number from -2 to 1. Name an axis that the tensor has.",
      "the batch from the end": "ValueError: reduce1: axis 0, that of the batch; wanted an axis of each example, from 1 on. A model takes batches of any size; do that outside of it.",
    }
  `);
});
