import { checkBytes, checkOptions, checkSurplus, ndarrayOf, type OptionNames } from '@tapegrad/core/authors';
import type { ImageDataset } from '../dataset/dataset.ts';
import { CifarError } from '../errors.ts';

/** The names of CIFAR-10's classes. */
export const cifarClasses: readonly string[] = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];

/** A label, and red, green and blue planes of 32 × 32 pixels. */
export const cifarRecord = 1 + 3 * 32 * 32;

/** What {@link readCifar10} needs beside the bytes. */
export interface ReadCifarOptions {
  /** The file's name, for the messages of errors; also the dataset's. */
  readonly name: string;
}

const readCifarOptions: OptionNames<ReadCifarOptions> = { name: 'required' };

/**
 * The images and labels of CIFAR-10 in its binary form: one or several of its batches, one after the other.
 *
 * A batch is records of 3073 bytes: the label, then 1024 red, 1024 green and 1024 blue pixels, each row by row.
 *
 * Source: Krizhevsky, "Learning multiple layers of features from tiny images", 2009, and the data set's page.
 *
 * @returns images of shape [count, 3, 32, 32] that look into `bytes`, nothing is copied; labels of shape [count]
 * @example readCifar10(new Uint8Array(3073), { name: 'one black plane' }).images.shape // [1, 3, 32, 32]
 * @throws CifarError when the bytes are no whole number of records, or a label is above 9
 */
export function readCifar10(bytes: Uint8Array, options: ReadCifarOptions, ...surplus: []): ImageDataset {
  checkSurplus('readCifar10', surplus);
  const { name } = checkOptions('readCifar10', options, readCifarOptions);
  checkBytes('readCifar10', bytes);
  const count = bytes.length / cifarRecord;
  if (!Number.isSafeInteger(count)) {
    throw new CifarError({
      operation: name,
      got: `${bytes.length} bytes`,
      wanted: `a whole number of records of ${cifarRecord} bytes`,
      remedy: 'Take the binary version of CIFAR-10, and fetch it again',
    });
  }
  const labels = Uint8Array.from({ length: count }, (_, index) => bytes[index * cifarRecord]);
  const odd = labels.findIndex((label) => label >= cifarClasses.length);
  if (odd >= 0) {
    throw new CifarError({
      operation: name,
      got: `label ${odd} is ${labels[odd]}`,
      wanted: 'labels from 0 to 9',
      remedy: 'Take the binary version of CIFAR-10, and not CIFAR-100',
    });
  }
  return {
    name,
    // Each image begins behind its label.
    images: ndarrayOf(bytes, [count, 3, 32, 32], [cifarRecord, 1024, 32, 1], 1),
    labels: ndarrayOf(labels, [count]),
    classes: cifarClasses,
  };
}
