/*
 * Freezing and fine-tuning.
 *
 * A network learns the digits 0 to 4. Then it meets 100 images of the digits 5 to 9: its body is frozen while a new head
 * learns them from what the body sees; last, both are tuned together, the body slowly. An optimiser changes only the
 * parameters that it is given: to freeze a layer is to leave it out.
 */
import { Random, Tape, type Tensor, tensor } from '@tapegrad/core';
import { type Batch, batches, builtInDigits, type ImageDataset, select } from '@tapegrad/datasets';
import { Adam, accuracy, Conv2d, Dense, Flatten, MaxPool2d, ReLU, Sequential, softmaxCrossEntropy } from '@tapegrad/nn';

const random = new Random(1);
const all = builtInDigits({ train: 2500, test: 1000 });

/** At most `count` of the images of five digits: 0 to 4, or 5 to 9. */
function five(data: ImageDataset, first: 0 | 5, count: number): ImageDataset {
  const isWanted = (index: number): boolean => data.labels.get(index) >= first && data.labels.get(index) < first + 5;
  return select(data, Uint32Array.from(data.labels.data.keys()).filter(isWanted).slice(0, count));
}

/** The classes of a batch, counted from 0: the digits 5 to 9 become 0 to 4. */
const classesOf = ({ labels }: Batch): number[] => Array.from(labels.data, (label) => label % 5);

function train(data: ImageDataset, epochs: number, call: (images: Tensor) => Tensor, optimiser: Adam): void {
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const batch of batches(data, { batchSize: 25, random })) {
      using tape = new Tape();
      optimiser.step(tape.gradients(softmaxCrossEntropy(call(tape.constant(batch.images)), classesOf(batch))));
    }
  }
}

function report(what: string, data: ImageDataset, call: (images: Tensor) => Tensor): void {
  const [batch] = batches(data, { batchSize: 500 });
  console.log(`${what} ${(100 * accuracy(call(tensor(batch.images)), classesOf(batch))).toFixed(1)} % right`);
}
const body = new Sequential(
  [new Conv2d({ outChannels: 8, kernelSize: 5 }), new ReLU(), new MaxPool2d({ kernelSize: 4 }), new Flatten()],
  { inputShape: [1, 28, 28], random },
);
const [first, second] = ['0 to 4', '5 to 9'].map(
  () => new Sequential([new Dense({ outFeatures: 5 })], { inputShape: body.outputShape, random }),
);

const old = (images: Tensor): Tensor => first.call(body.call(images));
train(five(all.train, 0, 1200), 3, old, new Adam([...body.parameters, ...first.parameters]));
report('0 to 4, from 1200 images:        ', five(all.test, 0, 500), old);

const tuned = (images: Tensor): Tensor => second.call(body.call(images));
const few = five(all.train, 5, 100);
train(few, 15, tuned, new Adam(second.parameters));
report('5 to 9, body frozen, 100 images: ', five(all.test, 5, 500), tuned);

train(
  few,
  20,
  tuned,
  new Adam([{ parameters: body.parameters, learningRate: 3e-4 }, { parameters: second.parameters }]),
);
report('5 to 9, body tuned too:          ', five(all.test, 5, 500), tuned);
