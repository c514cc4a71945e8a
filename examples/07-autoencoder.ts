/*
 * An autoencoder.
 *
 * A network that learns to give back what it is given, through a waist of 24 numbers: it must find out what digits have in
 * common. There are no labels; the target is the input itself.
 */
import { Random, reshape, sigmoid, Tape, type Tensor, tensor } from '@tapegrad/core';
import { batches, builtInDigits } from '@tapegrad/datasets';
import { Adam, Dense, Flatten, mseLoss, ReLU, Sequential } from '@tapegrad/nn';

const { train, test } = builtInDigits({ train: 2560, test: 100 });
const random = new Random(1);
const encoder = new Sequential(
  [new Flatten(), new Dense({ outFeatures: 128 }), new ReLU(), new Dense({ outFeatures: 24 })],
  { inputShape: [1, 28, 28], random },
);
const decoder = new Sequential([new Dense({ outFeatures: 128 }), new ReLU(), new Dense({ outFeatures: 784 })], {
  inputShape: encoder.outputShape,
  random,
});
const optimiser = new Adam([...encoder.parameters, ...decoder.parameters], { learningRate: 2e-3 });

/** Images [batch, 1, 28, 28] of pixels from 0 to 1, through the waist and back. */
const rebuild = (images: Tensor): Tensor => reshape(sigmoid(decoder.call(encoder.call(images))), images.shape);

for (let epoch = 1; epoch <= 8; epoch++) {
  const losses: number[] = [];
  for (const { images } of batches(train, { batchSize: 64, random })) {
    using tape = new Tape();
    const x = tape.constant(images);
    const loss = mseLoss(rebuild(x), x);
    optimiser.step(tape.gradients(loss));
    losses.push(loss.item());
  }
  console.log(`epoch ${epoch}  mean loss ${(losses.reduce((a, b) => a + b) / losses.length).toFixed(4)}`);
}

const [{ images }] = batches(test, { batchSize: 100 });
const seen = tensor(images);
const rebuilt = rebuild(seen);
console.log(`loss of new images ${mseLoss(rebuilt, seen).item().toFixed(4)}\n`);

const [before, after] = [seen, rebuilt].map((x) => x.toFlatArray());
for (let image = 0; image < 2; image++) {
  // Every second row: characters are twice as high as wide.
  for (let row = 0; row < 28; row += 2) {
    const line = (pixels: ArrayLike<number>): string =>
      Array.from(
        { length: 28 },
        (_, column) => ' .:*#'[Math.floor(4.99 * pixels[784 * image + 28 * row + column])],
      ).join('');
    console.log(`${line(before)}  |  ${line(after)}`);
  }
}
