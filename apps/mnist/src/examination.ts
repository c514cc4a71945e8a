import { softmax, Tape } from '@tapegrad/core';
import { batches, type ImageDataset } from '@tapegrad/datasets';
import { type ConfusionMatrix, confusionMatrix, predictions, type Sequential, softmaxCrossEntropy } from '@tapegrad/nn';
import { testBatchSize } from './evaluate.ts';
import { logitsOf } from './logitsOf.ts';
import type { PixelScale } from './pixelScale.ts';

/** A test image that was named wrong. */
export interface WrongImage {
  /** Where it stands among the test images. */
  readonly index: number;
  readonly right: number;
  readonly named: number;
  /** How sure the model was of what it named, and what it gave to the right class. */
  readonly probability: number;
  readonly probabilityOfRight: number;
  readonly loss: number;
}

/** The images whose largest probability lies between `from` and `to`. */
export interface Confidence {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** The mean of these probabilities, and how often the model was right. */
  readonly probability: number;
  readonly accuracy: number;
}

/** All that a model does on the test images. */
export interface Examination {
  readonly count: number;
  readonly accuracy: number;
  readonly loss: number;
  readonly matrix: ConfusionMatrix;
  /** Those with the highest loss, the worst first. */
  readonly worst: readonly WrongImage[];
  readonly wrong: number;
  readonly confidences: readonly Confidence[];
  /** Σ count/all·|accuracy - probability|: how far off the model's confidence is on average. */
  readonly calibrationError: number;
}

const bins = 10;

/** Tests a model image by image, with `isMirrored` on mirror images as well; `most` of the worst errors are kept. */
export function examine(
  model: Sequential,
  data: ImageDataset,
  pixelScale: PixelScale,
  { most = 25, isMirrored = false } = {},
): Examination {
  const classes = data.classes.length;
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const groups = Array.from({ length: bins }, () => ({ count: 0, probability: 0, right: 0 }));
  const wrong: WrongImage[] = [];
  let total = 0;
  for (const { images, labels, indices } of batches(data, { batchSize: testBatchSize, ...pixelScale })) {
    using tape = new Tape();
    const logits = logitsOf(model, tape.constant(images), isMirrored);
    confusionMatrix(logits, labels).forEach((row, right) => {
      row.forEach((count, named) => {
        matrix[right][named] += count;
      });
    });
    const losses = softmaxCrossEntropy(logits, labels, { reduction: 'none' }).read();
    const probabilities = softmax(logits).read();
    predictions(logits).forEach((named, row) => {
      const [right, probability] = [labels.get(row), probabilities[row * classes + named]];
      total += losses[row];
      // Where a run has ended in NaN, nobody is sure of anything.
      const group = groups[Math.min(bins - 1, Math.floor((probability || 0) * bins))];
      group.count++;
      group.probability += probability;
      if (named === right) group.right++;
      else {
        const probabilityOfRight = probabilities[row * classes + right];
        wrong.push({ index: indices[row], right, named, probability, probabilityOfRight, loss: losses[row] });
      }
    });
  }
  const count = data.labels.shape[0];
  const confidences = groups.flatMap((group, bin) => (group.count === 0 ? [] : [confidenceOf(group, bin)]));
  return {
    count,
    accuracy: (count - wrong.length) / count,
    loss: total / count,
    matrix,
    worst: wrong.sort((a, b) => b.loss - a.loss).slice(0, most),
    wrong: wrong.length,
    confidences,
    calibrationError: confidences.reduce(
      (sum, { count: n, accuracy, probability }) => sum + (n / count) * Math.abs(accuracy - probability),
      0,
    ),
  };
}

function confidenceOf(
  { count, probability, right }: { count: number; probability: number; right: number },
  bin: number,
): Confidence {
  return { from: bin / bins, to: (bin + 1) / bins, count, probability: probability / count, accuracy: right / count };
}
