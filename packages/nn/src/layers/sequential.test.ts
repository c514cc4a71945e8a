import { cast, conv2d, linear, maxPool2d, Random, relu, reshape, sum, Tape, tensor, zeros } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { ReLU } from './activations.ts';
import { Conv2d } from './conv2d.ts';
import { Dense } from './dense.ts';
import { Flatten } from './flatten.ts';
import { AvgPool2d, MaxPool2d } from './pooling.ts';
import { Sequential } from './sequential.ts';

/** Two convolutions and two dense layers, on images of 9 × 8. */
function cnn(seed = 1): Sequential {
  return new Sequential(
    [
      new Conv2d({ outChannels: 3, kernelSize: 3, padding: 1 }),
      new ReLU(),
      new MaxPool2d({ kernelSize: 2, ceilMode: true }),
      new Conv2d({ outChannels: 4, kernelSize: [3, 2], stride: 2, bias: false }),
      new ReLU(),
      new AvgPool2d({ kernelSize: 2, stride: 1, padding: 1 }),
      new Flatten(),
      new Dense({ outFeatures: 5 }),
      new ReLU(),
      new Dense({ outFeatures: 3 }),
    ],
    { inputShape: [2, 9, 8], random: new Random(seed), dtype: 'float64' },
  );
}

describe('sizes and names', () => {
  test('follow from the shape of one input', () => {
    const model = cnn();
    expect(model.layers.map(({ name, inputShape, outputShape }) => [name, inputShape, outputShape])).toEqual([
      ['conv1', [2, 9, 8], [3, 9, 8]],
      ['relu1', [3, 9, 8], [3, 9, 8]],
      ['pool1', [3, 9, 8], [3, 5, 4]],
      ['conv2', [3, 5, 4], [4, 2, 2]],
      ['relu2', [4, 2, 2], [4, 2, 2]],
      ['pool2', [4, 2, 2], [4, 3, 3]],
      ['flatten1', [4, 3, 3], [36]],
      ['dense1', [36], [5]],
      ['relu3', [5], [5]],
      ['dense2', [5], [3]],
    ]);
    expect([model.inputShape, model.outputShape]).toEqual([[2, 9, 8], [3]]);
  });

  test('are what the layers turn out to give', () => {
    const model = cnn();
    let x = tensor(uniform([2, ...model.inputShape]));
    for (const { layer, outputShape } of model.layers) {
      x = layer.call(x);
      expect(x.shape).toEqual([2, ...outputShape]);
    }
  });

  test('of the parameters come in order, weight before bias', () => {
    const model = cnn();
    expect(model.parameters.map(({ name }) => name)).toEqual([
      'conv1.weight',
      'conv1.bias',
      'conv2.weight',
      'dense1.weight',
      'dense1.bias',
      'dense2.weight',
      'dense2.bias',
    ]);
    expect(model.parameter('dense1.bias')).toBe(model.parameters[4]);
  });
});

describe('the output', () => {
  test('is that of the layers one behind the other', () => {
    const model = new Sequential(
      [
        new Conv2d({ outChannels: 3, kernelSize: 3 }),
        new ReLU(),
        new MaxPool2d({ kernelSize: 2 }),
        new Flatten(),
        new Dense({ outFeatures: 4 }),
      ],
      { inputShape: [1, 6, 6], random: new Random(1) },
    );
    const x = cast(uniform([5, 1, 6, 6]), 'float32');
    const [weight, bias, dense, denseBias] = model.parameters;
    const pooled = maxPool2d(relu(conv2d(x, weight, { bias })), { kernelSize: 2 });
    expectSame(model.call(x), linear(reshape(pooled, [5, 12]), dense, { bias: denseBias }));
  });

  test('of an empty batch is empty', () => {
    expect(cnn().call(zeros([0, 2, 9, 8], { dtype: 'float64' })).shape).toEqual([0, 3]);
  });

  test('of no layers is the input', () => {
    const model = new Sequential([], { inputShape: [2], random: new Random(1) });
    const x = zeros([3, 2]);
    expect(model.call(x)).toBe(x);
    expect([model.outputShape, model.parameters]).toEqual([[2], []]);
  });

  test('leads gradients to every parameter', () => {
    const model = cnn();
    using tape = new Tape();
    const gradients = tape.gradients(sum(model.call(tape.constant(uniform([2, 2, 9, 8])))));
    for (const parameter of model.parameters) expect(gradients.get(parameter).shape).toEqual(parameter.shape);
  });
});

test('the same seed gives the same parameters, bit by bit', () => {
  const again = cnn(3).parameters;
  cnn(3).parameters.forEach((parameter, at) => {
    expectSame(parameter, again[at]);
  });
  expect(cnn(3).parameters[0].toList()).not.toEqual(cnn(4).parameters[0].toList());
});

test('numbers are float32 unless told otherwise', () => {
  const model = new Sequential([new Dense({ outFeatures: 2 })], { inputShape: [3], random: new Random(1) });
  expect(model.parameters.map(({ dtype }) => dtype)).toEqual(['float32', 'float32']);
  expect(cnn().parameters.every(({ dtype }) => dtype === 'float64')).toBe(true);
});

describe('refusals name the layer', () => {
  const options = { inputShape: [1, 8, 8], random: new Random(1) };

  test('when the model is made', () => {
    const conv = new Conv2d({ outChannels: 2, kernelSize: 3 });
    expect(
      messagesOf({
        'a kernel too large': () =>
          new Sequential(
            [new Conv2d({ outChannels: 2, kernelSize: 7 }), new Conv2d({ outChannels: 2, kernelSize: 3 })],
            options,
          ),
        'no Flatten': () => new Sequential([new MaxPool2d({ kernelSize: 2 }), new Dense({ outFeatures: 10 })], options),
        'Flatten too early': () => new Sequential([new Flatten(), new MaxPool2d({ kernelSize: 2 })], options),
        'a layer twice, for other sizes': () => new Sequential([conv, new ReLU(), conv], options),
      }),
    ).toMatchInlineSnapshot(`
      {
        "Flatten too early": "ShapeError: pool1: inputs of shape [64]; wanted [channels, height, width], without the batch axis. Put the layer before Flatten, or give the model inputs with a channel axis.",
        "a kernel too large": "ShapeError: conv2: height 2 with padding 0 + 0 under a window of 3; wanted an input at least as large as the window. Use a kernel of at most 2, or more padding.",
        "a layer twice, for other sizes": "ShapeError: conv1: inputs of shape [2, 6, 6], for a layer that was built for [1, 8, 8] before; wanted inputs of the same shape wherever a layer stands. Make a new layer for them, and give it the weights of this one with \`loadWeights\`.",
        "no Flatten": "ShapeError: dense1: inputs of shape [1, 4, 4]; wanted [features], without the batch axis. Put a Flatten layer before it.",
      }
    `);
  });

  test('when it is called', () => {
    const model = cnn();
    expect(
      messagesOf({
        'other images': () => model.call(zeros([5, 1, 9, 8], { dtype: 'float64' })),
        'no batch axis': () => model.call(zeros([2, 9, 8], { dtype: 'float64' })),
        'flat images': () => model.call(zeros([5, 144], { dtype: 'float64' })),
        'a single number': () => model.call(tensor(1)),
        'no layers': () => new Sequential([], options).call(zeros([3])),
        'another type': () => model.call(zeros([5, 2, 9, 8])),
      }),
    ).toMatchInlineSnapshot(`
      {
        "a single number": "ShapeError: conv1, the first layer of Sequential: x is []; wanted a batch of [2, 9, 8]: [batch, 2, 9, 8]. Reshape x, or build the model for inputs of that shape.",
        "another type": "DataTypeError: Sequential: x is float32, the model is float64; wanted inputs of the type of the model. Give \`cast(x, 'float64')\`, or build the model with \`dtype: 'float32'\`.",
        "flat images": "ShapeError: conv1, the first layer of Sequential: x is [5, 144]; wanted a batch of [2, 9, 8]: [batch, 2, 9, 8]. Reshape x, or build the model for inputs of that shape.",
        "no batch axis": "ShapeError: conv1, the first layer of Sequential: x is [2, 9, 8]; wanted a batch of [2, 9, 8]: [batch, 2, 9, 8]. Put a batch axis of length 1 in front: \`reshape(x, [1, 2, 9, 8])\`.",
        "no layers": "ShapeError: Sequential: x is [3]; wanted a batch of [1, 8, 8]: [batch, 1, 8, 8]. Reshape x, or build the model for inputs of that shape.",
        "other images": "ShapeError: conv1, the first layer of Sequential: x is [5, 1, 9, 8]; wanted a batch of [2, 9, 8]: [batch, 2, 9, 8]. Reshape x, or build the model for inputs of that shape.",
      }
    `);
  });

  test('when a parameter is asked for that is not there', () => {
    expect(messagesOf({ misspelt: () => cnn().parameter('conv1.weights') })).toMatchInlineSnapshot(`
      {
        "misspelt": "ValueError: Sequential.parameter: the name 'conv1.weights'; wanted one of conv1.weight, conv1.bias, conv2.weight, dense1.weight, dense1.bias, dense2.weight, dense2.bias. Take the name of a layer, as \`summary(model)\` prints it, and \`.weight\` or \`.bias\`.",
      }
    `);
  });
});
