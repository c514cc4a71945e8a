import { groupNorm, Random, Tape, tensor, zeros } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { GroupNorm } from './groupNorm.ts';

const context = { name: 'groupNorm1', random: new Random(1), dtype: 'float64' } as const;
const x = tensor(uniform([2, 4, 3]));

test('is `groupNorm` with a weight and a bias of its own, in training or not', () => {
  const layer = new GroupNorm({ groups: 2, epsilon: 0.1 });
  expect(layer.build([4, 3], context)).toEqual([4, 3]);
  const [weight, bias] = layer.parameters;
  expect(layer.parameters.map(({ name }) => name)).toEqual(['groupNorm1.weight', 'groupNorm1.bias']);
  expect([weight.toList(), bias.toList()]).toEqual([
    [1, 1, 1, 1],
    [0, 0, 0, 0],
  ]);
  weight.assign(tensor(uniform([4])));
  bias.assign(tensor(uniform([4], { seed: 2 })));
  const wanted = groupNorm(x, { groups: 2, weight, bias, epsilon: 0.1 });
  expectSame(layer.call(x), wanted);
  using tape = new Tape();
  expectSame(layer.call(tape.constant(x)), wanted);
});

test('needs no parameters', () => {
  const plain = new GroupNorm({ groups: 4, affine: false });
  plain.build([4, 3], context);
  expect([plain.type, plain.kind, plain.parameters]).toEqual(['GroupNorm', 'groupNorm', []]);
  expectSame(plain.call(x), groupNorm(x, { groups: 4 }));
});

test('every message', () => {
  const layer = new GroupNorm({ groups: 2 });
  layer.build([4, 3], context);
  expect(
    messagesOf({
      'a negative epsilon': () => new GroupNorm({ groups: 1, epsilon: -1 }),
      'groups that do not divide': () => new GroupNorm({ groups: 3 }).build([4, 3], context),
      'no groups': () => new GroupNorm({ groups: 0 }).build([4, 3], context),
      'inputs without channels': () => new GroupNorm({ groups: 1 }).build([], context),
      'built twice': () => layer.build([4, 3], context),
      'not built': () => new GroupNorm({ groups: 1 }).call(x),
      'other inputs': () => layer.call(zeros([2, 6, 3], { dtype: 'float64' })),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a negative epsilon": "ValueError: GroupNorm: epsilon is -1; wanted a number of at least 0. Leave it out for 1e-5.",
      "built twice": "ValueError: groupNorm1: a groupNorm layer that already has the parameters groupNorm1.weight, groupNorm1.bias; wanted a layer that is not part of a model yet. Make a new layer each time.",
      "groups that do not divide": "ValueError: groupNorm1: groups is 3, for 4 channels; wanted a whole number that divides them. Use 1 to take all channels together.",
      "inputs without channels": "ShapeError: groupNorm1: inputs of shape []; wanted [channels, ...], without the batch axis. Give the model inputs with a channel axis.",
      "no groups": "ValueError: groupNorm1: groups is 0, for 4 channels; wanted a whole number that divides them. Use 1 to take all channels together.",
      "not built": "ValueError: groupNorm: a call before \`build\`; wanted a layer that knows the shape of its input. Put it into a Sequential, or call \`build(inputShape, { name, random, dtype })\` first.",
      "other inputs": "ShapeError: groupNorm: weight is [4], x is [2, 6, 3]; wanted weight of shape [6], one number for each channel. Check that x has its channels on axis 1.",
    }
  `);
});
