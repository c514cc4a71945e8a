/*
 * An autoencoder.
 *
 * A network that learns to give back what it is given, through a waist of 24 numbers: it must find out what digits have in
 * common. There are no labels; the target is the input itself. Encoder and decoder are models of their own, and parts of one.
 */
import { Random, Tape, tensor } from '@tapegrad/core';
import { batches, builtInDigits } from '@tapegrad/datasets';
import { Adam, Conv2d, Dense, Flatten, mseLoss, ReLU, Reshape, Sequential, Sigmoid, saveModel } from '@tapegrad/nn';
import { Upsample } from '@tapegrad/nn';

const { train, test } = builtInDigits({ train: 2560, test: 100 });
const random = new Random(1);
const look = new Conv2d({ outChannels: 8, kernelSize: 3, stride: 2, padding: 1 });
const encoder = new Sequential([look, new ReLU(), new Flatten(), new Dense({ outFeatures: 24 })], { name: 'encoder' });
const decoder = new Sequential(
  [
    ...[new Dense({ outFeatures: 16 * 7 * 7 }), new ReLU(), new Reshape({ shape: [16, 7, 7] })],
    ...[new Upsample({ size: 14 }), new Conv2d({ outChannels: 8, kernelSize: 3, padding: 1 }), new ReLU()],
    ...[new Upsample({ size: 28 }), new Conv2d({ outChannels: 1, kernelSize: 3, padding: 1 }), new Sigmoid()],
  ],
  { name: 'decoder' },
);
const model = new Sequential([encoder, decoder], { inputShape: [1, 28, 28], random });
const optimiser = new Adam(model.parameters, { learningRate: 3e-3 });

for (let epoch = 1; epoch <= 5; epoch++) {
  const losses: number[] = [];
  for (const { images } of batches(train, { batchSize: 64, random })) {
    using tape = new Tape();
    const x = tape.constant(images);
    const loss = mseLoss(model.call(x), x);
    optimiser.step(tape.gradients(loss));
    losses.push(loss.item());
  }
  console.log(`epoch ${epoch}  mean loss ${(losses.reduce((a, b) => a + b) / losses.length).toFixed(4)}`);
}

const [{ images }] = batches(test, { batchSize: 100 });
const seen = tensor(images);
const code = encoder.call(seen);
const rebuilt = decoder.call(code);
console.log(`loss of new images ${mseLoss(rebuilt, seen).item().toFixed(4)}`);
console.log(
  `the code of an image is ${code.shape[1]} numbers; the encoder alone is saved in ${saveModel(encoder).length} bytes\n`,
);

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
