import type { NdArray } from 'ndarray';

/**
 * Anything with a length and items: a list, a typed array, or an object with these two members whose items are made when they are
 * asked for. `items` gives that of a dataset in arrays.
 */
export interface Dataset<Item> {
  readonly length: number;
  /** The item of that index, counted from 0. */
  at(index: number): Item | undefined;
}

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
