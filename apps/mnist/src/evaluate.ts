import { Tape } from '@tapegrad/core';
import { batches, type ImageDataset } from '@tapegrad/datasets';
import { accuracy, type Sequential, softmaxCrossEntropy } from '@tapegrad/nn';
import { logitsOf } from './logitsOf.ts';
import type { PixelScale } from './pixelScale.ts';

/** How many images are tested at a time. */
export const testBatchSize = 256;

/** How a model does on images that it has not seen. */
export interface Score {
  /** The share of images that it names right. */
  readonly accuracy: number;
  /** The mean softmax cross-entropy. */
  readonly loss: number;
}

/** Tests a model on all images of a dataset, with `isMirrored` on their mirror images as well. */
export function evaluate(model: Sequential, data: ImageDataset, pixelScale: PixelScale, isMirrored = false): Score {
  let [right, loss] = [0, 0];
  for (const { images, labels } of batches(data, { batchSize: testBatchSize, ...pixelScale })) {
    // The tape is for its memory: what is computed on one stays where the kernels are.
    using tape = new Tape();
    const logits = logitsOf(model, tape.constant(images), isMirrored);
    right += Math.round(accuracy(logits, labels) * labels.size);
    loss += softmaxCrossEntropy(logits, labels).item() * labels.size;
  }
  return { accuracy: right / data.labels.size, loss: loss / data.labels.size };
}
