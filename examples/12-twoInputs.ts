/*
 * Two inputs and two outputs.
 *
 * The model sees a digit and is told a number. It says which digit that is, and what both add up to: two losses, of which
 * the layers that both outputs share learn at once.
 */
import { add, multiply, Random, tensor } from '@tapegrad/core';
import { type Batch, batches, builtInDigits, type ImageDataset } from '@tapegrad/datasets';
import { Adam, accuracy, averaged, Concat, Conv2d, Dense, Flatten, fit, input, join, loadModel } from '@tapegrad/nn';
import { MaxPool2d, Model, meanAbsoluteError, mseLoss, ReLU, saveModel, softmaxCrossEntropy } from '@tapegrad/nn';
import { summary } from '@tapegrad/nn';

const random = new Random(1);
const { train, test } = builtInDigits({ train: 2000, test: 400 });

function build(random: Random) {
  const [image, addend] = [input([1, 28, 28]), input([1])];
  const seen = image.to(new Conv2d({ outChannels: 8, kernelSize: 5 }), new ReLU(), new MaxPool2d({ kernelSize: 4 }));
  const features = seen.to(new Flatten(), new Dense({ outFeatures: 32 }), new ReLU());
  const digit = features.to(new Dense({ outFeatures: 10 }));
  // The sum is told the scores of the digit, and the addend.
  const both = join(new Concat(), [digit, addend]);
  const sum = both.to(new Dense({ outFeatures: 32 }), new ReLU(), new Dense({ outFeatures: 1 }));
  return new Model({ inputs: { image, addend }, outputs: { digit, sum }, random });
}
const model = build(random);
console.log(String(summary(model)));

/** A batch with an addend from 0 to 9 for each image, [n, 1], and the sum with its digit. */
function withAddends({ images, labels }: Batch) {
  const drawn = Float32Array.from(labels.data, () => random.integer(10));
  const addend = tensor(drawn, { shape: [labels.size, 1] });
  const sum = add(addend, tensor(Float32Array.from(labels.data), { shape: [labels.size, 1] }));
  return { image: tensor(images), addend, labels, sum };
}
function* examples(data: ImageDataset) {
  for (const batch of batches(data, { batchSize: 50, random })) yield withAddends(batch);
}

const losses = await fit({
  epochs: 6,
  batches: () => examples(train),
  loss: ({ image, addend, labels, sum }, tape) => {
    const outputs = model.call({ image: tape.constant(image), addend: tape.constant(addend) });
    return add(softmaxCrossEntropy(outputs.digit, labels), multiply(0.1, mseLoss(outputs.sum, sum)));
  },
  optimiser: new Adam(model.parameters, { learningRate: 5e-3 }),
});
console.log(`mean loss from ${losses[0].toFixed(3)} to ${losses[5].toFixed(3)}`);

// What is saved is read by a model that was built alike.
const again = build(new Random(2));
loadModel(again, saveModel(model));
const [right, error] = [averaged(accuracy), averaged(meanAbsoluteError)];
for (const { image, addend, labels, sum } of examples(test)) {
  const outputs = again.call({ image, addend });
  right.update(outputs.digit, labels);
  error.update(outputs.sum, sum);
}
console.log(`${(100 * right.result()).toFixed(1)} % of new digits right, sums off by ${error.result().toFixed(2)}`);
