import { type Random, ValueError } from '@tapegrad/core';
import ndarray, { type NdArray } from 'ndarray';
import type { ImageDataset } from './dataset.ts';

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
  /** Taken from each pixel, once the pixel is scaled to 0..1. Default: 0. */
  readonly mean?: number;
  /** What each pixel is divided by after that. Default: 1. */
  readonly standardDeviation?: number;
}

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
 * One pass over a dataset in batches: every sample exactly once, except for those that `dropLast` leaves out.
 *
 * A pixel becomes (pixel / 255 - mean) / standardDeviation, in float32. The order is drawn from `random` when this
 * function is called, not when the first batch is asked for; the same state of `random` gives the same batches.
 *
 * @throws ValueError when `batchSize`, `mean` or `standardDeviation` is out of range
 */
export function batches(dataset: ImageDataset, options: BatchOptions): Generator<Batch, void, undefined> {
  const { batchSize, random, mean = 0, standardDeviation = 1 } = options;
  const batchesInAll = batchCount(dataset, options);
  const values = pixelValues(mean, standardDeviation);
  const samples = dataset.labels.shape[0];
  const order = random ? random.permutation(samples) : Uint32Array.from({ length: samples }, (_, index) => index);
  return cut();

  function* cut(): Generator<Batch, void, undefined> {
    for (let batch = 0; batch < batchesInAll; batch++) {
      yield gather(dataset, order.slice(batch * batchSize, (batch + 1) * batchSize), values);
    }
  }
}

/**
 * How many batches {@link batches} gives: samples / batchSize, rounded up, or down with `dropLast`.
 *
 * @throws ValueError when `batchSize` is not a whole number of at least 1
 */
export function batchCount(dataset: ImageDataset, { batchSize, dropLast = false }: BatchSizes): number {
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

/** Copies the samples at `indices`, whatever the strides of the stored images. */
function gather(dataset: ImageDataset, indices: Uint32Array, values: Float32Array): Batch {
  const { data, shape, stride, offset } = dataset.images;
  const [, channels, height, width] = shape;
  const [sampleStride, channelStride, rowStride, pixelStride] = stride;
  const labels = new Uint8Array(indices.length);
  const images = new Float32Array(indices.length * channels * height * width);
  // A plane without gaps is read in one go.
  const isWhole = pixelStride === 1 && rowStride === width;
  const [rows, columns] = isWhole ? [1, height * width] : [height, width];
  let written = 0;
  for (let sample = 0; sample < indices.length; sample++) {
    labels[sample] = dataset.labels.get(indices[sample]);
    for (let channel = 0; channel < channels; channel++) {
      for (let row = 0; row < rows; row++, written += columns) {
        const start = offset + indices[sample] * sampleStride + channel * channelStride + row * rowStride;
        copyPixels(data, start, pixelStride, values, images, written, columns);
      }
    }
  }
  return {
    images: ndarray(images, [indices.length, channels, height, width]),
    labels: ndarray(labels, [indices.length]),
    indices,
  };
}

/** images[written + i] = the value of pixel i of a line. */
function copyPixels(
  pixels: ArrayLike<number>,
  start: number,
  stride: number,
  values: Float32Array,
  images: Float32Array,
  written: number,
  count: number,
): void {
  for (let i = 0, read = start; i < count; i++, read += stride) images[written + i] = values[pixels[read]];
}
