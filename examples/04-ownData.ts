/*
 * Your own data.
 *
 * Any numbers will do: here pictures of 12 × 12 pixels with stripes, to be sorted by their direction. They are put into
 * flat arrays, given a shape, and cut into batches by an order drawn at random.
 */
import { Random, Tape, tensor } from '@tapegrad/core';
import { Adam, accuracy, Conv2d, Dense, GlobalAvgPool2d, ReLU, Sequential, softmaxCrossEntropy } from '@tapegrad/nn';

const [size, classes] = [12, ['horizontal', 'vertical', 'diagonal']];
const random = new Random(1);

/** One picture of stripes with noise, row by row, written into `pixels`. */
function draw(pixels: Float32Array, label: number): void {
  const [phase, width] = [random.uniform(0, 2 * Math.PI), random.uniform(0.8, 1.6)];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const along = [row, column, (row + column) / Math.SQRT2][label];
      pixels[row * size + column] = Math.sin(width * along + phase) + 0.5 * random.normal();
    }
  }
}

/** `count` pictures [count, 1, height, width], and the index of each one's class. */
function dataset(count: number): { images: Float32Array; labels: Uint8Array } {
  const images = new Float32Array(count * size * size);
  const labels = Uint8Array.from({ length: count }, () => random.integer(classes.length));
  labels.forEach((label, index) => {
    draw(images.subarray(index * size ** 2, (index + 1) * size ** 2), label);
  });
  return { images, labels };
}

const [train, test] = [dataset(1920), dataset(300)];
const model = new Sequential(
  [new Conv2d({ outChannels: 8, kernelSize: 5 }), new ReLU(), new GlobalAvgPool2d(), new Dense({ outFeatures: 3 })],
  { inputShape: [1, size, size], random },
);
const optimiser = new Adam(model.parameters, { learningRate: 0.02 });

for (let epoch = 1; epoch <= 4; epoch++) {
  const order = random.permutation(train.labels.length);
  let total = 0;
  for (let start = 0; start < order.length; start += 64) {
    const chosen = Array.from(order.subarray(start, start + 64));
    const pictures = chosen.flatMap((index) => [...train.images.subarray(index * size ** 2, (index + 1) * size ** 2)]);
    using tape = new Tape();
    const images = tape.constant(tensor(pictures, { shape: [chosen.length, 1, size, size] }));
    const loss = softmaxCrossEntropy(
      model.call(images),
      chosen.map((index) => train.labels[index]),
    );
    optimiser.step(tape.gradients(loss));
    total += loss.item() * chosen.length;
  }
  console.log(`epoch ${epoch}  mean loss ${(total / order.length).toFixed(4)}`);
}
const logits = model.call(tensor(test.images, { shape: [test.labels.length, 1, size, size] }));
console.log(`${(100 * accuracy(logits, test.labels)).toFixed(1)} % of ${test.labels.length} new pictures right`);
