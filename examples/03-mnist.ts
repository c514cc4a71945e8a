/*
 * MNIST from scratch.
 *
 * A small convolutional network learns handwritten digits. `loadMnist` looks in the folder TAPEGRAD_DATA and in the cache,
 * then downloads; where that fails too, it draws digits itself.
 */
import { Random, Tape, tensor } from '@tapegrad/core';
import { batches, firstSamples, mnistNormalisation } from '@tapegrad/datasets';
import { loadMnist } from '@tapegrad/datasets/node';
import { Adam, accuracy, Conv2d, Dense, Flatten, MaxPool2d, ReLU, Sequential, softmaxCrossEntropy } from '@tapegrad/nn';

const { train, test, origin } = await loadMnist();
console.log(origin);

// The same seed gives the same weights, the same order of the images, and so the same result, bit for bit.
const random = new Random(1);
const model = new Sequential(
  [
    new Conv2d({ outChannels: 8, kernelSize: 5 }),
    new ReLU(),
    new MaxPool2d({ kernelSize: 2 }),
    new Conv2d({ outChannels: 16, kernelSize: 5 }),
    new ReLU(),
    new MaxPool2d({ kernelSize: 2 }),
    new Flatten(),
    new Dense({ outFeatures: 10 }),
  ],
  { inputShape: [1, 28, 28], random },
);
const optimiser = new Adam(model.parameters, { learningRate: 2e-3 });

// A part of the images is enough to see it learn; use `train` itself for 98 %.
const some = firstSamples(train, 6400);

let step = 0;
for (const { images, labels } of batches(some, { batchSize: 64, random, ...mnistNormalisation })) {
  using tape = new Tape();
  const loss = softmaxCrossEntropy(model.call(tape.constant(images)), labels);
  optimiser.step(tape.gradients(loss));
  if (step++ % 20 === 0) console.log(`step ${step}  loss ${loss.item().toFixed(4)}`);
}

const [{ images, labels }] = batches(test, { batchSize: 1000, ...mnistNormalisation });
const right = accuracy(model.call(tensor(images)), labels);
console.log(`${(100 * right).toFixed(1)} % of 1000 images right: ${test.name}`);
