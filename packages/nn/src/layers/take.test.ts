import { Random, Tape, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { double } from '../../../core/test/numbers.ts';
import { Take } from './take.ts';

const context = { name: 'take1', random: new Random(1), dtype: 'float32' } as const;

test('takes indices in any order, for each example', () => {
  const layer = new Take({ axis: -1, indices: [2, 0, 2] });
  expect([layer.kind, layer.build([3], context)]).toEqual(['take', [3]]);
  expect(
    layer
      .call(
        tensor([
          [1, 2, 3],
          [4, 5, 6],
        ]),
      )
      .toList(),
  ).toEqual([
    [3, 1, 3],
    [6, 4, 6],
  ]);
});

test('an index that comes twice has the gradients of both', () => {
  using tape = new Tape();
  const x = tape.watch(double([[1, 2, 3]]));
  const y = new Take({ axis: 1, indices: [2, 0, 2] }).call(x);
  expect(
    tape
      .gradients(y, { cotangent: [[1, 10, 100]] })
      .get(x)
      .toList(),
  ).toEqual([[10, 0, 101]]);
});

test('refuses, when it is built, the batch and indices that there are not', () => {
  expect(
    messagesOf({
      batch: () => new Take({ axis: 0, indices: [0] }).build([3], context),
      outside: () => new Take({ axis: 1, indices: [3] }).build([3], context),
      'no list': () => new Take({ axis: 1, indices: 0 as unknown as number[] }).build([3], context),
    }),
  ).toMatchInlineSnapshot(`
    {
      "batch": "ValueError: take1: axis 0, that of the batch; wanted an axis of each example, from 1 on. A model takes batches of any size; do that outside of it.",
      "no list": "DataTypeError: Take: indices is the number 0; wanted a list of numbers. Give the indices that are to come out: \`[2, 1, 0]\`.",
      "outside": "ValueError: take1: indices[0] is 3; wanted whole numbers from 0 to 2, the indices along axis 1 of x [1, 3]. Count from 0, and check that the indices belong to this tensor.",
    }
  `);
});
