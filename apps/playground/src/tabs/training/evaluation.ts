import { cast, softmax, Tape } from '@tapegrad/core';
import { batches, firstSamples, type ImageDataset, mnistNormalisation } from '@tapegrad/datasets';
import { accuracy, confusionMatrix, predictions, type Sequential, softmaxCrossEntropy } from '@tapegrad/nn';

/** How many images are tested at a time. */
const batchSize = 250;

/** How many of the test images are looked at while a net trains. */
const quickCount = 500;

/** A test image that was named wrong. */
export interface Miss {
  /** Where it stands among the test images. */
  readonly index: number;
  readonly label: number;
  readonly predicted: number;
  /** How sure the net was of the wrong name. */
  readonly probability: number;
  readonly loss: number;
  /** Its pixels, from 0 to 255. */
  readonly pixels: Uint8Array;
}

/** How a net does on all test images. */
export interface Evaluation {
  readonly count: number;
  readonly accuracy: number;
  readonly meanLoss: number;
  /** `confusion[right][predicted]`. */
  readonly confusion: readonly (readonly number[])[];
  /** Those named wrong with the largest loss, largest first. */
  readonly worst: readonly Miss[];
}

/** The share of the first {@link quickCount} test images that the net names right. */
export function quickAccuracy(model: Sequential, test: ImageDataset): number {
  const few = firstSamples(test, Math.min(quickCount, test.labels.size));
  let right = 0;
  for (const { images, labels } of batches(few, { batchSize, ...mnistNormalisation })) {
    using tape = new Tape();
    right += Math.round(accuracy(model.call(tape.constant(images)), labels) * labels.size);
  }
  return right / few.labels.size;
}

/** Whether the quick test is due after a step: often at the beginning, where most happens. */
export function isTestDue(step: number): boolean {
  return step % (step <= 100 ? 10 : 50) === 0;
}

/** Tests a net on all images: which it takes for which, and its worst errors. */
export function evaluate(model: Sequential, test: ImageDataset, worstCount = 12): Evaluation {
  const count = test.labels.size;
  const classes = test.classes.length;
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const missed: Omit<Miss, 'pixels'>[] = [];
  let right = 0;
  let total = 0;
  for (const { images, labels, indices } of batches(test, { batchSize, ...mnistNormalisation })) {
    using tape = new Tape();
    const logits = model.call(tape.constant(images));
    const losses = softmaxCrossEntropy(logits, labels, { reduction: 'none' }).read();
    const probabilities = softmax(cast(logits, 'float64')).read();
    confusionMatrix(logits, labels).forEach((row, label) => {
      row.forEach((times, predicted) => {
        confusion[label][predicted] += times;
      });
    });
    predictions(logits).forEach((predicted, row) => {
      const label = labels.get(row);
      total += losses[row];
      if (predicted === label) right++;
      else {
        const probability = probabilities[row * classes + predicted];
        missed.push({ index: indices[row], label, predicted, probability, loss: losses[row] });
      }
    });
  }
  missed.sort((a, b) => b.loss - a.loss);
  const worst = missed.slice(0, worstCount).map((miss) => ({ ...miss, pixels: pixelsOf(test, miss.index) }));
  return { count, accuracy: right / count, meanLoss: total / count, confusion, worst };
}

/** A copy of the pixels of an image, from 0 to 255, row by row. */
export function pixelsOf({ images }: ImageDataset, index: number): Uint8Array {
  const [, , height, width] = images.shape;
  return Uint8Array.from({ length: height * width }, (_, pixel) =>
    images.get(index, 0, Math.floor(pixel / width), pixel % width),
  );
}
