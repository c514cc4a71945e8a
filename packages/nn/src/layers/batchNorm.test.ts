import { add, batchNorm, batchNormTraining, mean, Random, square, Tape, tensor, zeros } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectClose, expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { SGD } from '../optimisers/sgd.ts';
import { BatchNorm, type BatchNormLayerOptions } from './batchNorm.ts';
import { Conv2d } from './conv2d.ts';
import { Dense } from './dense.ts';
import { Dropout } from './dropout.ts';
import { GlobalAvgPool2d } from './pooling.ts';
import { Sequential } from './sequential.ts';

const context = { name: 'batchNorm1', random: new Random(1), dtype: 'float64' } as const;

function built(inputShape: readonly number[], options?: BatchNormLayerOptions): BatchNorm {
  const layer = new BatchNorm(options);
  expect(layer.build(inputShape, context)).toEqual(inputShape);
  return layer;
}

describe.each([[[3]], [[3, 4]], [[3, 4, 2]]])('for inputs of %j', (inputShape) => {
  const x = tensor(uniform([5, ...inputShape], { low: 1, high: 4 }));

  test('normalises by the batch in training, and lets the running statistics follow', () => {
    const layer = built(inputShape);
    const [runningMean, runningVariance] = layer.buffers;
    expect([runningMean.value.toList(), runningVariance.value.toList()]).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
    const batch = batchNormTraining(x);
    expectSame(layer.call(x, { training: true }), batchNormTraining(x, { weight: [1, 1, 1], bias: [0, 0, 0] }).output);
    const [means, variances] = [batch.mean.toFlatArray(), batch.variance.toFlatArray()];
    const unbiased = batch.count / (batch.count - 1);
    expectClose(
      runningMean.value,
      means.map((number) => 0.1 * number),
      1e-15,
    );
    expectClose(
      runningVariance.value,
      variances.map((number) => 0.9 + 0.1 * unbiased * number),
      1e-15,
    );
    layer.call(x, { training: true });
    expectClose(
      runningMean.value,
      means.map((number) => 0.19 * number),
      1e-15,
    );
  });

  test('normalises by the running statistics otherwise, which stay', () => {
    const layer = built(inputShape, { momentum: 1, epsilon: 0.01 });
    layer.call(x, { training: true });
    const [mean, variance] = layer.buffers.map(({ value }) => value);
    const affine = { weight: tensor(new Float64Array(3).fill(1)), bias: tensor(new Float64Array(3)) };
    const wanted = batchNorm(x, { mean, variance, ...affine, epsilon: 0.01 });
    expectSame(layer.call(x), wanted);
    using tape = new Tape();
    expectSame(layer.call(tape.constant(x), { training: false }), wanted);
    expect(layer.buffers.map(({ value }) => value)).toEqual([mean, variance]);
  });
});

test('has a weight, a bias and two buffers, by name', () => {
  const layer = built([2, 3]);
  const names = (list: readonly { name: string; shape: readonly number[] }[]) =>
    list.map(({ name, shape }) => [name, shape]);
  expect([layer.type, layer.kind]).toEqual(['BatchNorm', 'batchNorm']);
  expect(names(layer.parameters)).toEqual([
    ['batchNorm1.weight', [2]],
    ['batchNorm1.bias', [2]],
  ]);
  expect(names(layer.buffers)).toEqual([
    ['batchNorm1.runningMean', [2]],
    ['batchNorm1.runningVariance', [2]],
  ]);
  expect(built([2, 3], { affine: false }).parameters).toEqual([]);
  expect(new BatchNorm().buffers).toEqual([]);
});

test('buffers keep the type of the model, and outlive the tape', () => {
  const layer = new BatchNorm();
  layer.build([2], { ...context, dtype: 'float32' });
  {
    using tape = new Tape();
    layer.call(
      tape.constant([
        [1, 2],
        [3, 6],
      ]),
      { training: true },
    );
  }
  expect(layer.buffers.map(({ value }) => [value.dtype, value.tape])).toEqual([
    ['float32', null],
    ['float32', null],
  ]);
  expectClose(layer.buffers[0].value, [0.2, 0.4], 1e-7);
  expectClose(layer.buffers[1].value, [0.9 + 0.2, 0.9 + 0.8], 1e-7);
});

describe('in a model', () => {
  const model = () =>
    new Sequential(
      [
        new Conv2d({ outChannels: 3, kernelSize: 3 }),
        new BatchNorm(),
        new GlobalAvgPool2d(),
        new BatchNorm({ affine: false }),
        new Dropout({ rate: 0.25 }),
        new Dense({ outFeatures: 1 }),
      ],
      { inputShape: [1, 6, 6], random: new Random(1), dtype: 'float64' },
    );

  test('its buffers are those of the model', () => {
    expect(model().buffers.map(({ name }) => name)).toEqual([
      'batchNorm1.runningMean',
      'batchNorm1.runningVariance',
      'batchNorm2.runningMean',
      'batchNorm2.runningVariance',
    ]);
    expect(new Sequential([new Dense({ outFeatures: 1 })], { inputShape: [2], random: new Random(1) }).buffers).toEqual(
      [],
    );
  });

  test('it is trained by the context alone: same seed, same bits, and a smaller loss', () => {
    const train = (): { losses: number[]; buffers: unknown } => {
      const net = model();
      const [optimiser, random] = [new SGD(net.parameters, { learningRate: 0.05 }), new Random(3)];
      const losses = Array.from({ length: 30 }, () => {
        using tape = new Tape();
        const x = tape.constant(uniform([8, 1, 6, 6]));
        const loss = mean(square(add(net.call(x, { training: true, random }), -1)));
        optimiser.step(tape.gradients(loss));
        return loss.item();
      });
      return { losses, buffers: net.buffers.map(({ value }) => value.toList()) };
    };
    const first = train();
    expect(first.losses[29]).toBeLessThan(first.losses[0] / 3);
    expect(train()).toEqual(first);
  });

  test('used without a tape it needs no context, and repeats itself', () => {
    const [net, x] = [model(), tensor(uniform([1, 1, 6, 6]))];
    expectSame(net.call(x), net.call(x, { training: false }));
  });
});

test('every message', () => {
  using tape = new Tape();
  const layer = built([2]);
  const x = tape.constant(zeros([1, 2], { dtype: 'float64' }));
  expect(
    messagesOf({
      'a momentum beyond 1': () => new BatchNorm({ momentum: 1.5 }),
      'a momentum that is none': () => new BatchNorm({ momentum: Number.NaN }),
      'a negative epsilon': () => new BatchNorm({ epsilon: -1 }),
      'inputs without channels': () => new BatchNorm().build([], context),
      'built twice': () => layer.build([2], context),
      'built twice without parameters': () => built([2], { affine: false }).build([2], context),
      'not built': () => new BatchNorm().call(x, { training: true }),
      'on a tape without a context': () => layer.call(x),
      'one number in each channel': () => layer.call(x, { training: true }),
      'other channels': () => layer.call(zeros([2, 3], { dtype: 'float64' })),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a momentum beyond 1": "ValueError: BatchNorm: momentum is 1.5; wanted a number from 0 to 1. Leave it out for 0.1: each batch counts a tenth.",
      "a momentum that is none": "ValueError: BatchNorm: momentum is NaN; wanted a number from 0 to 1. Leave it out for 0.1: each batch counts a tenth.",
      "a negative epsilon": "ValueError: BatchNorm: epsilon is -1; wanted a number of at least 0. Leave it out for 1e-5.",
      "built twice": "ValueError: batchNorm1: a batchNorm layer that already has the parameters batchNorm1.weight, batchNorm1.bias; wanted a layer that is not part of a model yet. Make a new layer each time.",
      "built twice without parameters": "ValueError: batchNorm1: a batchNorm layer that already has the buffers batchNorm1.runningMean, batchNorm1.runningVariance; wanted a layer that is not part of a model yet. Make a new layer each time.",
      "inputs without channels": "ShapeError: batchNorm1: inputs of shape []; wanted [channels, ...], without the batch axis. Give the model inputs with a channel axis.",
      "not built": "ValueError: batchNorm: a call before \`build\`; wanted a layer that knows the shape of its input. Put it into a Sequential, or call \`build(inputShape, { name, random, dtype })\` first.",
      "on a tape without a context": "ValueError: batchNorm1: a tensor on a tape, and no word on whether this is training; wanted a context, for this layer behaves differently in training. Call the model with \`{ training: true, random }\` to train, or with \`{ training: false }\`.",
      "one number in each channel": "ValueError: batchNormTraining: x is [1, 2], with one number in each channel; wanted at least two numbers in each channel, for one alone has no variance. Use larger batches, drop a last batch of one, or use \`batchNorm\` with given statistics.",
      "other channels": "ShapeError: batchNorm: variance is [2], x is [2, 3]; wanted variance of shape [3], one number for each channel. Check that x has its channels on axis 1.",
    }
  `);
});
