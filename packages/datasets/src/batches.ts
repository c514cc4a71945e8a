import { type Random, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, ndarrayOf, type OptionNames } from '@tapegrad/core/authors';
import type { NdArray } from 'ndarray';
import { checkDataset } from './checkDataset.ts';
import type { ImageDataset } from './dataset.ts';
import { type Preparation, type PreparedBatch, prepareBatch, storedImages } from './gather.ts';
import { checkTransform } from './transforms/checkTransform.ts';
import type { Transform } from './transforms/kinds.ts';

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
  /** How many batches at the beginning are left out, as a run needs that goes on in the middle of an epoch. Default: 0. */
  readonly skip?: number;
  /** Taken from each pixel, once the pixel is scaled to 0..1; a list has one number for each channel. Default: 0. */
  readonly mean?: number | readonly number[];
  /** What each pixel is divided by after that; a list has one number for each channel. Default: 1. */
  readonly standardDeviation?: number | readonly number[];
  /** Changes each batch at random, for example `compose(shift({ pixels: 2 }), elastic({}))`. It asks for `random`. */
  readonly transform?: Transform;
}

export const batchOptions: OptionNames<BatchOptions> = {
  batchSize: 'required',
  random: 'optional',
  dropLast: 'optional',
  skip: 'optional',
  mean: 'optional',
  standardDeviation: 'optional',
  transform: 'optional',
};

/** Some samples of a dataset. Each batch has memory of its own, so that it can be kept. */
export interface Batch {
  /** Of shape [n, channels, height, width]. */
  readonly images: NdArray<Float32Array>;
  /** Of shape [n]. */
  readonly labels: NdArray<Uint8Array>;
  /** Where each of the n samples stands in the dataset. */
  readonly indices: Uint32Array;
}

/**
 * One pass over a dataset in batches: every sample exactly once, except for those that `dropLast` and `skip` leave out.
 *
 * A pixel becomes (pixel / 255 - mean) / standardDeviation, in float32, and then what `transform` makes of it. The order
 * and the transforms' seed are drawn from `random` when this function is called, not when the first batch is asked for;
 * the same state of `random` gives the same batches.
 *
 * @example
 * const { train } = builtInDigits({ train: 100, test: 1 });
 * Array.from(batches(train, { batchSize: 40 }), ({ labels }) => labels.size) // [40, 40, 20]
 * @throws ValueError when `batchSize`, `skip`, `mean` or `standardDeviation` is out of range, a transform is none or has no
 *   `random`, pixels are no bytes, or images and labels do not fit together
 */
export function batches(
  dataset: ImageDataset,
  options: BatchOptions,
  ...surplus: []
): Generator<Batch, void, undefined> {
  checkSurplus('batches', surplus);
  const { groups, preparation } = planBatches(dataset, options);
  const stored = storedImages(dataset);
  return cut();

  function* cut(): Generator<Batch, void, undefined> {
    for (const { number, indices } of groups) {
      yield asBatch(prepareBatch(stored, preparation, indices, number), stored.shape, indices);
    }
  }
}

/** The samples of one batch, and its number in the whole pass, counted from 0. */
export interface BatchGroup {
  readonly number: number;
  readonly indices: Uint32Array;
}

/** The batches of a pass before they are made. */
export interface BatchPlan {
  readonly groups: readonly BatchGroup[];
  readonly preparation: Preparation;
}

/**
 * Which samples make up each batch, and how their pixels become numbers: all that {@link batches} draws from `random`.
 *
 * @throws ValueError as `batches` does
 */
export function planBatches(dataset: ImageDataset, options: BatchOptions): BatchPlan {
  const given = checkOptions('batches', options, batchOptions);
  const { batchSize, random, skip = 0, mean = 0, standardDeviation = 1, transform } = given;
  checkDataset('batches', dataset);
  checkSkip(skip);
  const batchesInAll = batchCount(dataset, options);
  const [samples, channels] = dataset.images.shape;
  const values = Array.from({ length: channels }, (_, channel) =>
    pixelValues(
      ofChannel(mean, channel, channels, 'mean'),
      ofChannel(standardDeviation, channel, channels, 'deviation'),
    ),
  );
  if (transform) checkTransform('batches', transform);
  if (transform && !random) {
    throw new ValueError({
      operation: 'batches',
      got: 'a transform without random',
      wanted: 'a stream of random numbers for it',
      remedy: 'Pass random: new Random(1)',
    });
  }
  const order = random ? random.permutation(samples) : Uint32Array.from({ length: samples }, (_, index) => index);
  const seed = transform && random ? random.bits() : 0;
  const groups = Array.from({ length: batchesInAll }, (_, number) => ({
    number,
    indices: order.slice(number * batchSize, (number + 1) * batchSize),
  }));
  return { groups: groups.slice(skip), preparation: { values, transform, seed } };
}

/** The numbers of a batch as arrays with shapes. */
export function asBatch({ images, labels }: PreparedBatch, shape: readonly number[], indices: Uint32Array): Batch {
  return {
    images: ndarrayOf(images, [indices.length, ...shape.slice(1)]),
    labels: ndarrayOf(labels, [indices.length]),
    indices,
  };
}

/**
 * How many batches {@link batches} gives by the same options, with those that `skip` leaves out: samples / batchSize, rounded
 * up, or down with `dropLast`.
 *
 * @example batchCount(builtInDigits({ train: 100, test: 1 }).train, { batchSize: 40 }) // 3
 * @throws ValueError when `batchSize` is not a whole number of at least 1
 */
export function batchCount(dataset: ImageDataset, options: BatchOptions, ...surplus: []): number {
  checkSurplus('batchCount', surplus);
  const { batchSize, dropLast = false } = checkOptions('batchCount', options, batchOptions);
  checkDataset('batchCount', dataset);
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new ValueError({
      operation: 'batches',
      got: `batchSize is ${batchSize}`,
      wanted: 'a whole number of at least 1',
      remedy: 'Pass a batchSize such as 64',
    });
  }
  const wholeAndPartial = dataset.labels.shape[0] / batchSize;
  return dropLast ? Math.floor(wholeAndPartial) : Math.ceil(wholeAndPartial);
}

function checkSkip(skip: number): void {
  if (Number.isSafeInteger(skip) && skip >= 0) return;
  throw new ValueError({
    operation: 'batches',
    got: `skip is ${skip}`,
    wanted: 'a whole number of at least 0',
    remedy: 'Leave it out to begin with the first batch',
  });
}

/** The number for a channel, of one number for all or a list. */
function ofChannel(numbers: number | readonly number[], channel: number, channels: number, what: string): number {
  if (typeof numbers === 'number') return numbers;
  if (numbers.length === channels) return numbers[channel];
  throw new ValueError({
    operation: 'batches',
    got: `a ${what} of ${numbers.length} numbers`,
    wanted: `one number, or one for each of ${channels} channels`,
    remedy: 'Pass what normalisationOf gives for this dataset',
  });
}

/** A pixel has 256 values, so that each is worked out once and looked up from then on. */
function pixelValues(mean: number, standardDeviation: number): Float32Array {
  if (!Number.isFinite(mean) || !Number.isFinite(standardDeviation) || standardDeviation <= 0) {
    throw new ValueError({
      operation: 'batches',
      got: `mean is ${mean}, standardDeviation is ${standardDeviation}`,
      wanted: 'finite numbers, and a standardDeviation above 0',
      remedy: 'Leave both out to have pixels from 0 to 1',
    });
  }
  return Float32Array.from({ length: 256 }, (_, pixel) => (pixel / 255 - mean) / standardDeviation);
}
