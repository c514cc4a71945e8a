import { Random, sum, Tape, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { Constant } from './constant.ts';

const context = { name: 'constant1', random: new Random(1), dtype: 'float64' } as const;

test('gives what it has learnt, for each example', () => {
  const layer = new Constant({ shape: [1, 2] });
  expect([layer.kind, layer.build([4, 2], context)]).toEqual(['constant', [1, 2]]);
  layer.parameters[0].assign(tensor([[3, -1]], { dtype: 'float64' }));
  expect(layer.call(tensor(new Float64Array(24), { shape: [3, 4, 2] })).toList()).toEqual([
    [[3, -1]],
    [[3, -1]],
    [[3, -1]],
  ]);
});

test('learns of all examples', () => {
  const layer = new Constant({ shape: [2] });
  layer.build([1], context);
  using tape = new Tape();
  const loss = sum(layer.call(tape.constant(tensor([[1], [2], [3]], { dtype: 'float64' }))));
  expect(tape.gradients(loss).get(layer.parameters[0]).toList()).toEqual([3, 3]);
});

test('refuses what is no shape, and to be called before it is built', () => {
  expect(
    messagesOf({
      'no shape': () => new Constant({ shape: 3 as unknown as number[] }),
      'not built': () => new Constant({ shape: [1] }).call(tensor([[1]])),
    }),
  ).toMatchInlineSnapshot(`
    {
      "no shape": "DataTypeError: Constant: shape is the number 3; wanted a list of numbers. Give the shape of one output, without the batch axis: \`[1, 64]\`.",
      "not built": "ValueError: constant: a call before \`build\`; wanted a layer that knows the shape of its input. Put it into a Sequential, or call \`build(inputShape, { name, random, dtype })\` first.",
    }
  `);
});
