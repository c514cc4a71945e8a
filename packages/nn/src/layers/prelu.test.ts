import { prelu, Random, Tape, tensor, zeros } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { double, uniform } from '../../../core/test/numbers.ts';
import { PReLU } from './prelu.ts';

const context = { name: 'prelu1', random: new Random(1), dtype: 'float64' } as const;

test('lets a quarter through below 0, until it has learnt', () => {
  const layer = new PReLU();
  expect(layer.build([4], context)).toEqual([4]);
  expect(layer.call(double([[-4, 0, 2, Number.NaN]])).toList()).toEqual([[-1, 0, 2, Number.NaN]]);
  expect(layer.parameters.map(({ name, shape }) => [name, shape])).toEqual([['prelu1.weight', [1]]]);
});

test('is `prelu` with a slope for each channel, where it is told to', () => {
  const layer = new PReLU({ perChannel: true, start: -0.5 });
  expect(layer.build([3, 2], context)).toEqual([3, 2]);
  const [weight] = layer.parameters;
  expect(weight.toList()).toEqual([-0.5, -0.5, -0.5]);
  weight.assign(double([0.1, 0.2, 0.3]));
  const x = tensor(uniform([2, 3, 2]));
  expectSame(layer.call(x), prelu(x, weight));
});

test('learns from what lies below 0 alone', () => {
  const layer = new PReLU();
  layer.build([2], context);
  using tape = new Tape();
  const y = layer.call(tape.constant(double([[-3, 5]])));
  const cotangent = double([[1, 1]]);
  expect(tape.gradients(y, { cotangent }).get(layer.parameters[0]).toList()).toEqual([-3]);
});

test('refuses to be built twice, to be called before, and channels that are not there', () => {
  const layer = new PReLU();
  layer.build([2], context);
  const messages = messagesOf({
    twice: () => layer.build([2], context),
    before: () => new PReLU().call(zeros([1, 2])),
    'no channels': () => new PReLU({ perChannel: true }).build([], context),
  });
  expect(messages.twice).toContain('a prelu layer that already has the parameters prelu1.weight');
  expect(messages.before).toContain('prelu: a call before `build`');
  expect(messages['no channels']).toMatch(/^ShapeError: prelu1: inputs of shape \[\]; wanted \[channels, ...\]/);
});
