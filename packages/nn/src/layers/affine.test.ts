import { add, multiply, Random, Tape, tensor, zeros } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { double, uniform } from '../../../core/test/numbers.ts';
import { Affine } from './affine.ts';

const context = { name: 'affine1', random: new Random(1), dtype: 'float64' } as const;
const x = tensor(uniform([2, 3, 2, 2]));

test('changes nothing at first, and has a factor and a term for each channel', () => {
  const layer = new Affine();
  expect(layer.build([3, 2, 2], context)).toEqual([3, 2, 2]);
  expect(layer.call(x).toList()).toEqual(x.toList());
  expect(layer.parameters.map(({ name, shape }) => [name, shape])).toEqual([
    ['affine1.weight', [3, 1, 1]],
    ['affine1.bias', [3, 1, 1]],
  ]);
});

test('is a product and a sum, of any shape that is broadcast, or one of both', () => {
  const layer = new Affine({ shape: [2, 1] });
  layer.build([3, 2, 2], context);
  const [weight, bias] = layer.parameters;
  weight.assign(double([[2], [3]]));
  bias.assign(double([[4], [5]]));
  expect(layer.call(x).toList()).toEqual(add(multiply(x, double([[2], [3]])), double([[4], [5]])).toList());
  const one = new Affine({ shape: [], weight: false });
  one.build([3], context);
  expect(one.parameters.map(({ name, shape }) => [name, shape])).toEqual([['affine1.bias', []]]);
  const none = new Affine({ weight: false, bias: false });
  none.build([3], context);
  expect(none.call(double([[1, 2, 3]])).toList()).toEqual([[1, 2, 3]]);
});

test('learns', () => {
  const layer = new Affine({ shape: [] });
  layer.build([2], context);
  using tape = new Tape();
  const y = layer.call(tape.constant(double([[3, 4]])));
  const gradients = tape.gradients(y, { cotangent: [[1, 10]] });
  expect(layer.parameters.map((parameter) => gradients.get(parameter).item())).toEqual([43, 11]);
});

test('refuses what does not fit, to be built twice, and to be called before', () => {
  const layer = new Affine();
  layer.build([3], context);
  expect(
    messagesOf({
      'a shape that is larger': () => new Affine({ shape: [3, 4] }).build([3, 1], context),
      'more axes': () => new Affine({ shape: [1, 3] }).build([3], context),
      'no channels': () => new Affine().build([], context),
      twice: () => layer.build([3], context),
      before: () => new Affine().call(zeros([1, 2])),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a shape that is larger": "ShapeError: affine1: inputs of shape [3, 1], and weights of shape [3, 4]; wanted weights whose lengths, counted from the last axis, are 1 or those of the inputs. Leave the shape out for one weight of each channel, or put ones behind the channels: \`shape: [3, 1, 1]\`.",
      "before": "ValueError: affine: a call before \`build\`; wanted a layer that knows the shape of its input. Put it into a Sequential, or call \`build(inputShape, { name, random, dtype })\` first.",
      "more axes": "ShapeError: affine1: inputs of shape [3], and weights of shape [1, 3]; wanted weights whose lengths, counted from the last axis, are 1 or those of the inputs. Leave the shape out for one weight of each channel, or put ones behind the channels: \`shape: [3, 1, 1]\`.",
      "no channels": "ShapeError: affine1: inputs of shape []; wanted [channels, ...], without the batch axis. Give the model inputs with a channel axis.",
      "twice": "ValueError: affine1: a affine layer that already has the parameters affine1.weight, affine1.bias; wanted a layer that is not part of a model yet. Make a new layer each time.",
    }
  `);
});
