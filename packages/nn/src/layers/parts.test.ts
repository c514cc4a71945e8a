import { Random, sum, Tape, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { Adam } from '../optimisers/adam.ts';
import { loadModel, saveModel, weightsOf } from '../saving/modelState.ts';
import { summary } from '../summary/summaryFor.ts';
import { ReLU } from './activations.ts';
import { BatchNorm } from './batchNorm.ts';
import { Conv2d } from './conv2d.ts';
import { Dense } from './dense.ts';
import { Flatten } from './flatten.ts';
import { Residual } from './residual.ts';
import { Sequential } from './sequential.ts';

/* Models within models, parts of models, and models that share parts. */

const conv = (outChannels: number) => new Conv2d({ outChannels, kernelSize: 3, padding: 1 });
const dense = (outFeatures: number) => new Dense({ outFeatures });
const given = { inputShape: [2, 4, 4], random: new Random(1), dtype: 'float64' } as const;
const net = (name?: string) =>
  new Sequential([conv(3), new BatchNorm(), new ReLU(), new Flatten(), dense(5)], { ...given, ...(name && { name }) });
const batch = () => tensor(uniform([2, 2, 4, 4]));
const use = { training: false };

describe('a Sequential is a layer', () => {
  const nested = () =>
    new Sequential(
      [new Sequential([conv(3), new ReLU()]), new Sequential([conv(2)], { name: 'last' }), new Flatten()],
      given,
    );

  test('with names of its own for what is in it', () => {
    const model = nested();
    expect(model.layers.map(({ name }) => name)).toEqual(['sequential1', 'last', 'flatten1']);
    expect(model.parameters.map(({ name }) => name)).toEqual([
      'sequential1.conv1.weight',
      'sequential1.conv1.bias',
      'last.conv1.weight',
      'last.conv1.bias',
    ]);
    expect(model.outputShape).toEqual([32]);
  });

  test('computes as its layers one behind the other', () => {
    const model = nested();
    const flat = new Sequential(
      model.layers.flatMap(({ layer }) =>
        layer instanceof Sequential ? layer.layers.map((inner) => inner.layer) : [layer],
      ),
      given,
    );
    expectSame(model.call(batch()), flat.call(batch()));
    using tape = new Tape();
    model.call(tape.constant(batch()));
    expect(new Set(tape.steps.map(({ layer }) => layer))).toEqual(
      new Set([undefined, 'sequential1.conv1', 'sequential1.relu1', 'last.conv1', 'flatten1']),
    );
  });

  test('has a row for each of its layers in a summary', () => {
    const { rows, totalParameters } = summary(nested());
    expect(rows.map(({ name }) => name)).toEqual(['sequential1.conv1', 'sequential1.relu1', 'last.conv1', 'flatten1']);
    expect(rows[2].receptiveField).toEqual([5, 5]);
    expect(totalParameters).toBe(3 * 2 * 9 + 3 + 2 * 3 * 9 + 2);
    const block = new Sequential([new Residual([new Sequential([conv(2), new ReLU()])])], given);
    expect(summary(block).rows[0]).toMatchObject({ receptiveField: [3, 3], multiplyAccumulates: 16 * 36 });
  });

  test('that is no part of a model yet has no sizes', () => {
    const block = new Sequential([conv(3)]);
    expect(block.layers).toEqual([]);
    expect(
      messagesOf({
        shape: () => block.inputShape,
        call: () => block.call(batch()),
        slice: () => block.slice(0),
        random: () => new Sequential([conv(3)], { random: new Random(1) }),
        name: () => new Sequential([conv(3)], { name: '' }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "call": "ValueError: sequential: a call before \`build\`; wanted a layer that knows the shape of its input. Put it into a Sequential, or call \`build(inputShape, { name, random, dtype })\` first.",
        "name": "ValueError: Sequential: the name ""; wanted a word without points and spaces. Take one such as 'encoder': a point divides it from the names of the layers, \`encoder.conv1\`.",
        "random": "ValueError: Sequential: random numbers, and no inputShape; wanted the shape of one input, from which all sizes follow, or none of these for a block within another model. Say what one input looks like, without the batch axis: \`inputShape: [1, 28, 28]\`.",
        "shape": "ValueError: sequential: a call before \`build\`; wanted a layer that knows the shape of its input. Put it into a Sequential, or call \`build(inputShape, { name, random, dtype })\` first.",
        "slice": "ValueError: sequential: a call before \`build\`; wanted a layer that knows the shape of its input. Put it into a Sequential, or call \`build(inputShape, { name, random, dtype })\` first.",
      }
    `);
  });
});

describe('names', () => {
  test('stand before those of all parameters and buffers, so that two models have none in common', () => {
    const [generator, critic] = [net('generator'), net('critic')];
    expect(generator.parameters[0].name).toBe('generator.conv1.weight');
    const both = {
      parameters: [...generator.parameters, ...critic.parameters],
      buffers: [...generator.buffers, ...critic.buffers],
    };
    expect(weightsOf(both).size).toBe(2 * weightsOf(critic).size);
  });

  test('that two parts have in common are refused', () => {
    const [one, other] = [net(), net()];
    const head = new Sequential([dense(5)], { inputShape: [5], random: new Random(1), dtype: 'float64' });
    expect(messagesOf({ same: () => new Sequential([one, head], given) })).toMatchInlineSnapshot(`
      {
        "same": "ValueError: Sequential: two different parameters or buffers called dense1.weight; wanted a name of its own for each. Name the models that the layers come from: \`new Sequential(layers, { name: 'encoder', … })\`.",
      }
    `);
    expect(() => new Sequential([other, new Sequential([dense(5)], { name: 'head' })], given)).not.toThrow();
  });
});

describe('a part of a model', () => {
  test('is a model that shares its parameters', () => {
    const model = net();
    const features = model.slice(0, -1);
    expect(features.layers.map(({ name }) => name)).toEqual(['conv1', 'batchNorm1', 'relu1', 'flatten1']);
    expect(features.parameters).toEqual(model.parameters.slice(0, 4));
    expectSame(model.slice(-1).call(features.call(batch(), use)), model.call(batch(), use));
    expect(messagesOf({ none: () => model.slice(3, 3) })).toMatchInlineSnapshot(`
      {
        "none": "ValueError: Sequential.slice: 3 to 3, of 5 layers; wanted one layer at least. Count from 0, or backwards from the end: \`slice(0, -1)\` leaves out the last layer.",
      }
    `);
  });

  test('goes under another head, and can learn at a rate of its own', () => {
    const model = net();
    const [body, head] = [model.slice(0, -1), new Sequential([dense(2)], { name: 'head' })];
    const tuned = new Sequential([body, head], given);
    expect(tuned.parameters.map(({ name }) => name)).toEqual([
      'conv1.weight',
      'conv1.bias',
      'batchNorm1.weight',
      'batchNorm1.bias',
      'head.dense1.weight',
      'head.dense1.bias',
    ]);
    const before = tuned.parameters.map((parameter) => parameter.toFlatArray());
    const optimiser = new Adam(
      [{ parameters: body.parameters, learningRate: 0.001 }, { parameters: head.parameters }],
      {
        learningRate: 0.1,
      },
    );
    using tape = new Tape();
    optimiser.step(tape.gradients(sum(tuned.call(tape.constant(batch()), { training: true }))));
    const moved = tuned.parameters.map((parameter, index) =>
      Math.max(...parameter.toFlatArray().map((x, at) => Math.abs(x - before[index][at]))),
    );
    // The bias before a batch normalisation has next to no gradient.
    expect(moved.toSpliced(1, 1).map((distance) => Number(distance.toPrecision(2)))).toEqual([
      0.001, 0.001, 0.001, 0.1, 0.1,
    ]);
    // The model that the body comes from has moved with it.
    expect(model.parameters[0].toFlatArray()).toEqual(tuned.parameters[0].toFlatArray());
    const copy = new Sequential([net().slice(0, -1), new Sequential([dense(2)], { name: 'head' })], given);
    loadModel(copy, saveModel(tuned));
    expectSame(copy.call(batch(), use), tuned.call(batch(), use));
  });

  test('and a new layer have names of their own', () => {
    const model = new Sequential([new Flatten(), dense(4), new ReLU(), dense(3)], given);
    const layers = model.layers.slice(0, 2).map(({ layer }) => layer);
    const other = new Sequential([...layers, dense(6)], given);
    expect(other.layers.map(({ name }) => name)).toEqual(['flatten1', 'dense1', 'dense2']);
  });

  test('is taken for the sizes and the type that it was built for alone', () => {
    const layers = net()
      .layers.slice(0, 1)
      .map(({ layer }) => layer);
    expect(
      messagesOf({
        size: () => new Sequential(layers, { ...given, inputShape: [2, 5, 5] }),
        type: () => new Sequential(layers, { ...given, dtype: 'float32' }),
        model: () => new Sequential([net()], { ...given, inputShape: [2, 5, 5] }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "model": "ShapeError: conv1: inputs of shape [2, 5, 5], for a layer that was built for [2, 4, 4] before; wanted inputs of the same shape wherever a layer stands. Make a new layer for them, and give it the weights of this one with \`loadWeights\`.",
        "size": "ShapeError: conv1: inputs of shape [2, 5, 5], for a layer that was built for [2, 4, 4] before; wanted inputs of the same shape wherever a layer stands. Make a new layer for them, and give it the weights of this one with \`loadWeights\`.",
        "type": "DataTypeError: conv1: a layer whose conv1.weight is float64, in a model of float32; wanted layers of the type of the model. Build the model with \`dtype: 'float64'\`.",
      }
    `);
  });
});

test('a layer that stands in a model twice has one set of parameters', () => {
  const layer = dense(3);
  const model = new Sequential([layer, new ReLU(), layer], {
    inputShape: [3],
    random: new Random(1),
    dtype: 'float64',
  });
  expect(model.parameters.map(({ name }) => name)).toEqual(['dense1.weight', 'dense1.bias']);
  expect(summary(model).totalParameters).toBe(12);
  const x = tensor(uniform([2, 3]));
  expectSame(model.call(x), layer.call(new ReLU().call(layer.call(x))));
});
