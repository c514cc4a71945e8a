/*
 * Transfer learning: freezing and fine-tuning.
 *
 * A network learns the digits 0 to 4. Then it meets 100 images of the digits 5 to 9: its body is cut out, frozen, and put
 * under a new head, which learns them from what the body sees; last, the body is thawed and both are tuned, the body slowly.
 */
import { Random, tensor } from '@tapegrad/core';
import { type Batch, batches, builtInDigits, type ImageDataset, select } from '@tapegrad/datasets';
import { Adam, accuracy, Conv2d, Dense, Flatten, fit, freeze, MaxPool2d, ReLU, Sequential } from '@tapegrad/nn';
import { softmaxCrossEntropy, thaw } from '@tapegrad/nn';

const random = new Random(1);
const all = builtInDigits({ train: 2500, test: 1000 });

/** At most `count` of the images of five digits: 0 to 4, or 5 to 9. */
function five(data: ImageDataset, first: 0 | 5, count: number): ImageDataset {
  const isWanted = (index: number): boolean => data.labels.get(index) >= first && data.labels.get(index) < first + 5;
  return select(data, Uint32Array.from(data.labels.data.keys()).filter(isWanted).slice(0, count));
}

/** The classes of a batch, counted from 0: the digits 5 to 9 become 0 to 4. */
const classesOf = ({ labels }: Batch): number[] => Array.from(labels.data, (label) => label % 5);

const train = (model: Sequential, data: ImageDataset, epochs: number, optimiser: Adam): Promise<number[]> =>
  fit({
    epochs,
    batches: () => batches(data, { batchSize: 25, random }),
    loss: (batch, tape) => softmaxCrossEntropy(model.call(tape.constant(batch.images)), classesOf(batch)),
    optimiser,
  });

function report(what: string, model: Sequential, data: ImageDataset): void {
  const [batch] = batches(data, { batchSize: 500 });
  console.log(`${what} ${(100 * accuracy(model.call(tensor(batch.images)), classesOf(batch))).toFixed(1)} % right`);
}

const layers = [
  new Conv2d({ outChannels: 8, kernelSize: 5 }),
  new ReLU(),
  new MaxPool2d({ kernelSize: 4 }),
  new Flatten(),
];
const inputShape = [1, 28, 28];
const first = new Sequential([...layers, new Dense({ outFeatures: 5 })], { inputShape, random });
await train(first, five(all.train, 0, 1200), 3, new Adam(first.parameters));
report('0 to 4, from 1200 images:        ', first, five(all.test, 0, 500));

// All but the last layer, as a part of another model. Its parameters are the same ones, and keep their names.
const body = first.slice(0, -1);
const head = new Dense({ outFeatures: 5 });
const second = new Sequential([body, head], { inputShape, random, name: 'second' });
freeze(body);
const few = five(all.train, 5, 100);
await train(second, few, 15, new Adam(second.parameters));
report('5 to 9, body frozen, 100 images: ', second, five(all.test, 5, 500));

thaw(body);
const groups = [{ parameters: body.parameters, learningRate: 3e-4 }, { parameters: head.parameters }];
await train(second, few, 20, new Adam(groups));
report('5 to 9, body tuned too:          ', second, five(all.test, 5, 500));
