import { ValueError } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import type { NdArray } from 'ndarray';
import type { Normalisation } from '../transforms/colour/normalise.ts';
import { checkDataset } from './checkDataset.ts';
import { type ColumnNumbers, columnOf } from './columns.ts';

/** A dataset that has images. */
export interface WithImages {
  readonly images: NdArray<ColumnNumbers>;
}

/**
 * Mean and standard deviation of the pixels of each channel over all images of a dataset, the training half's, as a rule: options
 * for `batches`. Bytes count as scaled to 0..1, and how often each of the 256 values comes is counted, so that nothing is rounded on
 * the way; other numbers are taken as they are. A channel whose pixels are all the same, or a dataset without samples, has the
 * deviation 1.
 *
 * @example Object.keys(normalisationOf(builtInDigits({ train: 10, test: 1 }).train)) // ["mean", "standardDeviation"]
 * @throws ValueError when there are no images, or arrays do not fit together
 */
export function normalisationOf<Data extends WithImages>(dataset: Data, ...surplus: []): Normalisation {
  checkSurplus('normalisationOf', surplus);
  checkDataset('normalisationOf', dataset);
  const images = columnOf(dataset, 'images');
  if (!images) {
    throw new ValueError({
      operation: 'normalisationOf',
      got: 'a dataset without images',
      wanted: 'images of shape [count, channels, height, width]',
      remedy: 'Compute mean and deviation of `inputs` yourself',
    });
  }
  const [mean, standardDeviation]: [number[], number[]] = [[], []];
  const isBytes = images.data instanceof Uint8Array || images.data instanceof Uint8ClampedArray;
  for (let channel = 0; channel < images.shape[1]; channel++) {
    const found = isBytes ? ofBytes(images, channel) : ofNumbers(images, channel);
    mean.push(found.mean);
    standardDeviation.push(found.variance > 0 ? Math.sqrt(found.variance) : 1);
  }
  return { mean, standardDeviation };
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

function ofBytes(images: NdArray<ColumnNumbers>, channel: number): Moments {
  const often = new Float64Array(256);
  eachNumber(images, channel, (value) => often[value]++);
  const pixels = Math.max(
    1,
    often.reduce((sum, times) => sum + times, 0),
  );
  const average = often.reduce((sum, times, value) => sum + times * value, 0) / pixels;
  const variance = often.reduce((sum, times, value) => sum + times * (value - average) * (value - average), 0) / pixels;
  return { mean: average / 255, variance: variance / 255 ** 2 };
}

/** In two passes, so that the variance of large numbers is not lost. */
function ofNumbers(images: NdArray<ColumnNumbers>, channel: number): Moments {
  let [count, sum, squares] = [0, 0, 0];
  eachNumber(images, channel, (value) => {
    sum += value;
    count++;
  });
  const mean = sum / Math.max(1, count);
  eachNumber(images, channel, (value) => {
    squares += (value - mean) * (value - mean);
  });
  return { mean, variance: squares / Math.max(1, count) };
}

function eachNumber(
  { data, shape, stride, offset }: NdArray<ColumnNumbers>,
  channel: number,
  use: (value: number) => void,
): void {
  const [count, , height, width] = shape;
  for (let sample = 0; sample < count; sample++) {
    for (let row = 0; row < height; row++) {
      let at = offset + sample * stride[0] + channel * stride[1] + row * stride[2];
      for (let column = 0; column < width; column++, at += stride[3]) use(data[at]);
    }
  }
}
