import { layerNorm, Random, Tape, tensor, zeros } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { LayerNorm } from './layerNorm.ts';

const context = { name: 'layerNorm1', random: new Random(1), dtype: 'float64' } as const;
const x = tensor(uniform([2, 3, 4]));

test('is `layerNorm` with a weight and a bias of its own, in training or not', () => {
  const layer = new LayerNorm({ axes: [-1, 1], epsilon: 0.1 });
  expect(layer.build([3, 4], context)).toEqual([3, 4]);
  expect(layer.parameters.map(({ name, shape }) => [name, shape])).toEqual([
    ['layerNorm1.weight', [3, 4]],
    ['layerNorm1.bias', [3, 4]],
  ]);
  const [weight, bias] = layer.parameters;
  expect([...weight.toFlatArray(), ...bias.toFlatArray()]).toEqual([...Array(12).fill(1), ...Array(12).fill(0)]);
  weight.assign(tensor(uniform([3, 4])));
  bias.assign(tensor(uniform([3, 4], { seed: 2 })));
  const wanted = layerNorm(x, { axes: [1, 2], weight, bias, epsilon: 0.1 });
  expectSame(layer.call(x), wanted);
  using tape = new Tape();
  expectSame(layer.call(tape.constant(x)), wanted);
});

test('takes the last axis unless told otherwise, and needs no parameters', () => {
  const layer = new LayerNorm();
  layer.build([3, 4], context);
  expect(layer.parameters.map(({ shape }) => shape)).toEqual([[4], [4]]);
  const plain = new LayerNorm({ affine: false });
  plain.build([3, 4], context);
  expect([plain.type, plain.kind, plain.parameters]).toEqual(['LayerNorm', 'layerNorm', []]);
  expectSame(plain.call(x), layerNorm(x));
});

test('every message', () => {
  const layer = new LayerNorm();
  layer.build([3, 4], context);
  expect(
    messagesOf({
      'a negative epsilon': () => new LayerNorm({ epsilon: -1 }),
      'the batch axis': () => new LayerNorm({ axes: [0, 1] }).build([3, 4], context),
      'an axis twice': () => new LayerNorm({ axes: [2, -1] }).build([3, 4], context),
      'no such axis': () => new LayerNorm({ axes: 3 }).build([3, 4], context),
      'built twice': () => layer.build([3, 4], context),
      'not built': () => new LayerNorm().call(x),
      'other inputs': () => layer.call(zeros([2, 3, 5], { dtype: 'float64' })),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a negative epsilon": "ValueError: LayerNorm: epsilon is -1; wanted a number of at least 0. Leave it out for 1e-5.",
      "an axis twice": "ShapeError: layerNorm1: axes [2, -1] of inputs with 3 axes, of which 0 is the batch axis; wanted each axis at most once, and not the batch axis. Use BatchNorm to take the examples of a batch together.",
      "built twice": "ValueError: layerNorm1: a layerNorm layer that already has the parameters layerNorm1.weight, layerNorm1.bias; wanted a layer that is not part of a model yet. Make a new layer each time.",
      "no such axis": "ShapeError: layerNorm1: axis 3 of a tensor with 3 axes; wanted a whole number from -3 to 2. Name an axis that the tensor has.",
      "not built": "ValueError: layerNorm: a call before \`build\`; wanted a layer that knows the shape of its input. Put it into a Sequential, or call \`build(inputShape, { name, random, dtype })\` first.",
      "other inputs": "ShapeError: layerNorm: weight is [4], x is [2, 3, 5] normalised over axes [2]; wanted weight of shape [5], the lengths of these axes. Check the axes; negative ones count from the end.",
      "the batch axis": "ShapeError: layerNorm1: axes [0, 1] of inputs with 3 axes, of which 0 is the batch axis; wanted each axis at most once, and not the batch axis. Use BatchNorm to take the examples of a batch together.",
    }
  `);
});
