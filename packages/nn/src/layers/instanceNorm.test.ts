import { instanceNorm, Random, tensor, zeros } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { InstanceNorm } from './instanceNorm.ts';

const context = { name: 'instanceNorm1', random: new Random(1), dtype: 'float64' } as const;
const x = tensor(uniform([2, 4, 3]));

test('is `instanceNorm`, without parameters unless it is told', () => {
  const plain = new InstanceNorm();
  expect(plain.build([4, 3], context)).toEqual([4, 3]);
  expect([plain.type, plain.kind, plain.parameters]).toEqual(['InstanceNorm', 'instanceNorm', []]);
  expectSame(plain.call(x), instanceNorm(x));
});

test('learns a weight and a bias for each channel', () => {
  const layer = new InstanceNorm({ affine: true, epsilon: 0.1 });
  layer.build([4, 3], context);
  const [weight, bias] = layer.parameters;
  expect([weight.name, weight.toList()]).toEqual(['instanceNorm1.weight', [1, 1, 1, 1]]);
  expect([bias.name, bias.toList()]).toEqual(['instanceNorm1.bias', [0, 0, 0, 0]]);
  weight.assign(tensor(uniform([4])));
  bias.assign(tensor(uniform([4], { seed: 2 })));
  expectSame(layer.call(x), instanceNorm(x, { weight, bias, epsilon: 0.1 }));
});

test('every message', () => {
  const layer = new InstanceNorm({ affine: true });
  layer.build([4, 3], context);
  const messages = messagesOf({
    epsilon: () => new InstanceNorm({ epsilon: -1 }),
    channels: () => new InstanceNorm().build([], context),
    twice: () => layer.build([4, 3], context),
    before: () => new InstanceNorm().call(x),
    other: () => layer.call(zeros([2, 6, 3], { dtype: 'float64' })),
  });
  expect(messages.epsilon).toMatch(/^ValueError: InstanceNorm: epsilon is -1/);
  expect(messages.channels).toMatch(/^ShapeError: instanceNorm1: inputs of shape \[\]/);
  expect(messages.twice).toContain('already has the parameters instanceNorm1.weight, instanceNorm1.bias');
  expect(messages.before).toContain('instanceNorm: a call before `build`');
  expect(messages.other).toMatch(/^ShapeError: instanceNorm: weight is \[4\], x is \[2, 6, 3\]/);
});
