import { broadcastTo, Random, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { Broadcast } from './broadcast.ts';

const context = { name: 'broadcast1', random: new Random(1), dtype: 'float64' } as const;

test('repeats along axes of length 1, for each example', () => {
  const layer = new Broadcast({ shape: [3, 4, 5] });
  expect([layer.kind, layer.build([3, 1, 1], context)]).toEqual(['broadcast', [3, 4, 5]]);
  const x = tensor(uniform([2, 3, 1, 1]));
  expect(layer.call(x).toList()).toEqual(broadcastTo(x, [2, 3, 4, 5]).toList());
});

test('refuses, when it is built, what does not fit', () => {
  expect(
    messagesOf({
      'another length': () => new Broadcast({ shape: [3, 4] }).build([2, 4], context),
      'one axis more': () => new Broadcast({ shape: [3, 4] }).build([4], context),
      'no shape': () => new Broadcast({ shape: 3 as unknown as number[] }).build([1], context),
    }),
  ).toMatchInlineSnapshot(`
    {
      "another length": "ShapeError: broadcast1: inputs of shape [2, 4], to be [3, 4]; wanted as many axes, each of that length or of 1. Reshape them first, so that the axes that are repeated have the length 1.",
      "no shape": "DataTypeError: Broadcast: shape is the number 3; wanted a list of numbers. Give the shape of one output, without the batch axis: \`[8, 14, 14]\`.",
      "one axis more": "ShapeError: broadcast1: inputs of shape [4], to be [3, 4]; wanted as many axes, each of that length or of 1. Reshape them first, so that the axes that are repeated have the length 1.",
    }
  `);
});
