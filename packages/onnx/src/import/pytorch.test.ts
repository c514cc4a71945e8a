import { readFileSync } from 'node:fs';
import { Random, Tape, tensor } from '@tapegrad/core';
import { type Layer, SGD, softmaxCrossEntropy } from '@tapegrad/nn';
import { expect, test } from 'vitest';
import expected from '../../test/pytorch/expected.json' with { type: 'json' };
import newer from '../../test/pytorch/newer.json' with { type: 'json' };
import { exportOnnx } from '../export/exportOnnx.ts';
import { importOnnx } from './importOnnx.ts';

/** The files that PyTorch has written; test/pytorch/make.py and makeNewer.py say how. */
const bytesOf = (file: string) => readFileSync(new URL(`../../test/pytorch/${file}`, import.meta.url));
const read = (name: string) => bytesOf(`${name}.onnx`);

const typesOf = (layers: readonly { readonly layer: Layer }[]) => layers.map(({ layer }) => layer.type).join(' ');

/** x[i] = sin(i) */
function waves(shape: readonly number[]) {
  const size = shape.reduce((product, length) => product * length, 1);
  return tensor(
    Float32Array.from({ length: size }, (_, at) => Math.sin(at)),
    { shape },
  );
}

test.each(Object.entries({ ...expected, ...newer }))('%s computes what PyTorch computed', (name, { shape, y }) => {
  const { model, producer } = importOnnx(read(name), { externalData: bytesOf });
  expect(producer).toMatch(/^pytorch 2/);
  const numbers = model.call(waves(shape)).toFlatArray();
  expect(numbers.length).toBe(y.length);
  numbers.forEach((number, at) => {
    expect(Math.abs(number - y[at])).toBeLessThan(1e-5 * Math.max(1, Math.abs(y[at])));
  });
  // The two inputs differ, and so must what comes out.
  const half = y.length / 2;
  expect(Math.max(...y.slice(0, half).map((number, at) => Math.abs(number - y[half + at])))).toBeGreaterThan(1e-3);
});

test('the layers are those of the model', () => {
  const layersOf = (name: string) => typesOf(importOnnx(read(name)).model.layers);
  expect({
    resnet: layersOf('resnet'),
    'resnet-not-folded': layersOf('resnet-not-folded'),
    view: layersOf('view'),
    signals: layersOf('signals'),
  }).toMatchInlineSnapshot(`
    {
      "resnet": "Conv2d ReLU MaxPool2d Residual ReLU Residual ReLU GlobalAvgPool2d Flatten Dense",
      "resnet-not-folded": "Conv2d BatchNorm ReLU MaxPool2d Residual ReLU Residual ReLU GlobalAvgPool2d Flatten Dense",
      "signals": "Conv1d ReLU ConvTranspose1d AvgPool1d MaxPool1d Flatten Dense LayerNorm",
      "view": "Conv2d ReLU AvgPool2d Flatten Dense Dense LogSoftmax",
    }
  `);
  const activations = ['11', '17', '20'].map((opset) => layersOf(`activations-${opset}`));
  expect(new Set(activations).size).toBe(1);
  expect(activations[0]).toMatchInlineSnapshot(
    `"Conv2d SiLU GELU Mish GroupNorm GroupNorm HardSigmoid LeakyReLU ELU SELU GELU InstanceNorm Softplus LayerNorm Tanh AvgPool2d MaxPool2d Flatten Dense Softmax"`,
  );
});

test('it can be trained further, and goes back', () => {
  const { model } = importOnnx(read('resnet-not-folded'));
  const random = new Random(1);
  const x = tensor(
    Float32Array.from({ length: 4 * 3 * 32 * 32 }, () => random.normal()),
    { shape: [4, 3, 32, 32] },
  );
  const optimiser = new SGD(model.parameters, { learningRate: 0.05 });
  const losses = Array.from({ length: 12 }, () => {
    using tape = new Tape();
    const loss = softmaxCrossEntropy(model.call(tape.constant(x), { training: true }), [0, 1, 2, 3]);
    optimiser.step(tape.gradients(loss));
    return loss.item();
  });
  expect(losses[11]).toBeLessThan(0.7 * losses[0]);
  const { model: again } = importOnnx(exportOnnx(model));
  expect(again.call(x).toFlatArray()).toEqual(model.call(x).toFlatArray());
});
