import type { Random } from '@tapegrad/core';
import type { OptionNames } from '@tapegrad/core/authors';
import type { Transform } from '../transforms/kinds.ts';
import type { Mix } from '../transforms/mix/mix.ts';

/** How a dataset is cut into batches. */
export interface BatchSizes {
  /** Samples in a batch: a whole number of at least 1. */
  readonly batchSize: number;
  /** Whether a last batch of fewer than `batchSize` samples is left out. Default: false, it is kept. */
  readonly dropLast?: boolean;
}

/** How a dataset is cut into batches, in which order, and how its pixels become numbers. */
export interface BatchOptions extends BatchSizes {
  /** Shuffles the samples. Without it they come in the order in which they are stored. */
  readonly random?: Random;
  /**
   * The samples of the pass, in this order: what `weightedIndices` draws, for example. An index may come more than once. Default:
   * all. With it `random` does not shuffle, and serves the transforms alone.
   */
  readonly indices?: ArrayLike<number>;
  /** How many batches at the beginning are left out, as a run needs that goes on in the middle of an epoch. Default: 0. */
  readonly skip?: number;
  /** Taken from each pixel of `images`, once bytes are scaled to 0..1; a list has one number for each channel. Default: 0. */
  readonly mean?: number | readonly number[];
  /** What each pixel is divided by after that; a list has one number for each channel. Default: 1. */
  readonly standardDeviation?: number | readonly number[];
  /** Changes images and masks at random: `compose(horizontalFlip(), randomCrop({ padding: 4 }))`. It asks for `random`. */
  readonly transform?: Transform;
  /** Mixes the samples of a batch with one another, `mixup()` or `cutMix()`: the batch gets soft `targets`. It asks for `random`. */
  readonly mix?: Mix;
}

export const batchOptions: OptionNames<BatchOptions> = {
  batchSize: 'required',
  random: 'optional',
  indices: 'optional',
  dropLast: 'optional flag',
  skip: 'optional',
  mean: 'optional',
  standardDeviation: 'optional',
  transform: 'optional',
  mix: 'optional',
};
