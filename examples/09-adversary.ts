/*
 * Saliency, and an adversarial example.
 *
 * Any tensor can be watched, the image too. The gradient of the loss by the image says which pixels matter (saliency), and
 * a small step along its sign, the same for every pixel, makes the model err (fast gradient sign method).
 */
import { abs, add, multiply, Random, sign, softmax, Tape, type Tensor, tensor } from '@tapegrad/core';
import { batches, builtInDigits } from '@tapegrad/datasets';
import {
  Adam,
  Conv2d,
  Dense,
  Flatten,
  MaxPool2d,
  predictions,
  ReLU,
  Sequential,
  softmaxCrossEntropy,
} from '@tapegrad/nn';

const { train, test } = builtInDigits({ train: 2000, test: 200 });
const random = new Random(1);
const body = [new Conv2d({ outChannels: 8, kernelSize: 5 }), new ReLU(), new MaxPool2d({ kernelSize: 4 })];
const model = new Sequential([...body, new Flatten(), new Dense({ outFeatures: 10 })], {
  inputShape: [1, 28, 28],
  random,
});
const optimiser = new Adam(model.parameters, { learningRate: 5e-3 });
for (let epoch = 0; epoch < 5; epoch++) {
  for (const { images, labels } of batches(train, { batchSize: 50, random })) {
    using tape = new Tape();
    optimiser.step(tape.gradients(softmaxCrossEntropy(model.call(tape.constant(images)), labels)));
  }
}

const [{ images, labels }] = batches(test, { batchSize: 1 });
const label = labels.get(0);
using tape = new Tape();
const image = tape.watch(tensor(images), 'image');
const loss = softmaxCrossEntropy(model.call(image), labels);
const gradient = tape.gradients(loss).get(image);

/** A picture as lines of text, every second row, darker characters for larger numbers. */
function lines(x: Tensor): string[] {
  const pixels = x.toFlatArray();
  const unit = Math.max(...pixels) / 4.99;
  const text = Array.from(pixels, (pixel) => ' .:*#'[Math.floor(pixel / unit)]).join('');
  return text.match(/.{28}/g)?.filter((_, row) => row % 2 === 0) ?? [];
}
const saliency = lines(abs(gradient));
console.log('the image, and which pixels matter:');
for (const [row, line] of lines(image).entries()) console.log(`${line}  |  ${saliency[row]}`);

const adversary = add(image, multiply(0.15, sign(gradient)));
for (const [name, x] of Object.entries({ image, adversary })) {
  const logits = model.call(x);
  const p = softmax(logits).toFlatArray()[label];
  console.log(`${name}: a ${label}, taken for a ${predictions(logits)[0]}; probability of ${label}: ${p.toFixed(4)}`);
}
