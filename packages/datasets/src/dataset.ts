import { ValueError } from '@tapegrad/core';
import type { NdArray } from 'ndarray';
import { checkDataset } from './checkDataset.ts';

/** Labelled images, as they are stored. */
export interface ImageDataset {
  /** What the images are and which part of them, fit for a heading: `MNIST train`. */
  readonly name: string;
  /** Grey or colour values from 0 to 255, of shape [count, channels, height, width]. */
  readonly images: NdArray<Uint8Array>;
  /** The number of each image's class, of shape [count]. */
  readonly labels: NdArray<Uint8Array>;
  /** The classes' names, by number. */
  readonly classes: readonly string[];
}

/** The two halves of a dataset: one to learn from, one to be tested on. */
export interface TrainTest {
  readonly train: ImageDataset;
  readonly test: ImageDataset;
  /** Where the data came from: sentences fit for printing. */
  readonly origin: string;
  /** Whether these are the digits that tapegrad draws itself, and not MNIST. */
  readonly builtIn: boolean;
}

/**
 * The first `count` samples of a dataset. Nothing is copied: the result looks at the same memory.
 *
 * @throws ValueError when `count` is not a whole number from 0 to the number of samples, or images and labels do not fit
 *   together
 */
export function take(dataset: ImageDataset, count: number): ImageDataset {
  checkDataset('take', dataset);
  const available = dataset.labels.shape[0];
  if (!Number.isSafeInteger(count) || count < 0 || count > available) {
    throw new ValueError({
      operation: 'take',
      got: `count is ${count}`,
      wanted: `a whole number from 0 to the ${available} samples of ${dataset.name}`,
      remedy: 'Ask for fewer samples',
    });
  }
  return { ...dataset, images: dataset.images.hi(count), labels: dataset.labels.hi(count) };
}
