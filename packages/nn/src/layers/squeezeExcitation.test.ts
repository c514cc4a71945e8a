import {
  gradcheck,
  linear,
  mean,
  multiply,
  Random,
  relu,
  reshape,
  sigmoid,
  sum,
  type Tensor,
  tensor,
} from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { summary } from '../summary/summaryFor.ts';
import { Conv2d } from './conv2d.ts';
import { Sequential } from './sequential.ts';
import { SqueezeExcitation } from './squeezeExcitation.ts';

const net = (inputShape = [6, 3, 4], reduction = 4) =>
  new Sequential([new SqueezeExcitation({ reduction })], { inputShape, random: new Random(1), dtype: 'float64' });

test('lets each channel through as far as the means of all of them say', () => {
  const model = net();
  const [w1, b1, w2, b2] = model.parameters;
  expect(model.parameters.map(({ name, shape }) => [name, shape])).toEqual([
    ['squeezeExcitation1.dense1.weight', [2, 6]],
    ['squeezeExcitation1.dense1.bias', [2]],
    ['squeezeExcitation1.dense2.weight', [6, 2]],
    ['squeezeExcitation1.dense2.bias', [6]],
  ]);
  const x = tensor(uniform([2, 6, 3, 4]));
  const gate = sigmoid(linear(relu(linear(mean(x, { axes: [2, 3] }), w1, { bias: b1 })), w2, { bias: b2 }));
  expectSame(model.call(x), multiply(x, reshape(gate, [2, 6, 1, 1])));
  expect(() => gradcheck((x: Tensor) => sum(model.call(x)), [uniform([2, 6, 3, 4])])).not.toThrow();
});

test('takes signals and rows of numbers too', () => {
  expect(net([5, 7]).call(tensor(uniform([2, 5, 7]))).shape).toEqual([2, 5, 7]);
  expect(net([5]).call(tensor(uniform([2, 5]))).shape).toEqual([2, 5]);
});

test('in a summary each output sees all of the image', () => {
  const model = new Sequential(
    [
      new Conv2d({ outChannels: 4, kernelSize: 3 }),
      new SqueezeExcitation(),
      new Conv2d({ outChannels: 1, kernelSize: 3 }),
    ],
    { inputShape: [1, 8, 8], random: new Random(1) },
  );
  const rows = summary(model).rows;
  expect(rows[1]).toMatchObject({ receptiveField: [8, 8], jump: [0, 0], start: [3.5, 3.5], parameters: 4 + 1 + 4 + 4 });
  expect(rows[2].receptiveField).toEqual([8, 8]);
  expect(rows[1]).toMatchObject({
    multiplyAccumulates: 8,
    evaluations: 5,
    flops: 4 * 36 + (2 * 4 + 1) + (2 * 4 + 4) + 4 * 36,
  });
});

test('refuses what it cannot use', () => {
  expect(
    messagesOf({
      reduction: () => new SqueezeExcitation({ reduction: 0 }),
      option: () => new SqueezeExcitation({ ratio: 4 } as never),
      channels: () => net([]),
      unbuilt: () => new SqueezeExcitation().call(tensor([[1]])),
    }),
  ).toMatchInlineSnapshot(`
    {
      "channels": "ShapeError: squeezeExcitation1: inputs of shape []; wanted [channels, ...], without the batch axis. Give the model inputs with a channel axis.",
      "option": "ValueError: SqueezeExcitation: an option called ratio; wanted reduction. Leave it out.",
      "reduction": "ValueError: SqueezeExcitation: reduction is 0; wanted a number of at least 1. Say by how much fewer numbers than channels will do: \`{ reduction: 4 }\`.",
      "unbuilt": "ValueError: squeezeExcitation: a call before \`build\`; wanted a layer that knows the shape of its input. Put it into a Sequential, or call \`build(inputShape, { name, random, dtype })\` first.",
    }
  `);
});
