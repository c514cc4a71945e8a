import { type DataType, Random, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectClose, expectSame } from '../../../core/test/expect.ts';
import { double } from '../../../core/test/numbers.ts';
import { ReLU } from '../layers/activations.ts';
import { Conv2d } from '../layers/conv2d.ts';
import { Dense } from '../layers/dense.ts';
import { Flatten } from '../layers/flatten.ts';
import { MaxPool2d } from '../layers/pooling.ts';
import { Sequential } from '../layers/sequential.ts';
import { softmaxCrossEntropy } from '../losses/softmaxCrossEntropy.ts';
import { accuracy } from '../metrics/accuracy.ts';
import { Adam } from '../optimisers/adam.ts';
import { fit } from './fit.ts';

const classes = 3;
const random = new Random(1);
const labels = Uint8Array.from({ length: 24 }, (_, sample) => sample % classes);

/** Images of 8 × 8, of noise with one bright bar: upright, level or aslant, by class. */
const pixels = Array.from(labels, (label) => {
  const at = random.integer(8);
  const isBright = [
    (_: number, column: number) => column === at,
    (row: number) => row === at,
    (row: number, column: number) => row === column,
  ];
  return Array.from({ length: 8 }, (_, row) =>
    Array.from({ length: 8 }, (_, column) => random.uniform(0, 0.5) + (isBright[label](row, column) ? 0.5 : 0)),
  );
});

/** All rooms of the house at work: a small CNN takes some steps of Adam on all images. */
async function train(dtype: DataType, epochs: number) {
  const model = new Sequential(
    [
      new Conv2d({ outChannels: 4, kernelSize: 3, padding: 1 }),
      new ReLU(),
      new MaxPool2d({ kernelSize: 2 }),
      new Conv2d({ outChannels: 6, kernelSize: 3 }),
      new ReLU(),
      new Flatten(),
      new Dense({ outFeatures: classes }),
    ],
    { inputShape: [1, 8, 8], random: new Random(2), dtype },
  );
  const images = tensor(
    pixels.map((image) => [image]),
    { dtype },
  );
  const losses = await fit({
    epochs,
    batches: () => [images],
    loss: (batch, tape) => softmaxCrossEntropy(model.call(tape.constant(batch)), labels),
    optimiser: new Adam(model.parameters, { learningRate: 0.01 }),
  });
  return { losses, model, images };
}

test('the first losses of a small CNN', async () => {
  const { losses } = await train('float64', 5);
  expectClose(double(losses), [1.1139679058, 1.1029656336, 1.096263005, 1.0890088274, 1.0803964595], 1e-9);
});

test('float32 follows float64', async () => {
  const { losses } = await train('float32', 5);
  expectClose(double(losses), (await train('float64', 5)).losses, 1e-5);
});

test('the same seed gives the same run, bit by bit', async () => {
  const [first, second] = [await train('float32', 5), await train('float32', 5)];
  expect(second.losses).toEqual(first.losses);
  first.model.parameters.forEach((parameter, at) => {
    expectSame(second.model.parameters[at], parameter);
  });
});

test('it learns to tell the images apart', async () => {
  const { losses, model, images } = await train('float32', 60);
  expect(losses[59]).toBeLessThan(0.1);
  expect(accuracy(model.call(images), labels)).toBe(1);
});
