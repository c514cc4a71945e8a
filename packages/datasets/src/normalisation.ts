import { checkSurplus } from '@tapegrad/core/authors';
import { checkDataset } from './checkDataset.ts';
import type { ImageDataset } from './dataset.ts';

/** Mean and standard deviation of each channel's pixels, scaled to 0..1: options for `batches`. */
export interface Normalisation {
  readonly mean: readonly number[];
  readonly standardDeviation: readonly number[];
}

/**
 * Mean and standard deviation of the pixels of each channel, scaled to 0..1, over all images of a dataset: the training
 * half's, as a rule. Counts how often each of the 256 values comes, so that nothing is rounded on the way. A channel whose
 * pixels are all the same, or a dataset without images, has the deviation 1.
 *
 * @example Object.keys(normalisationOf(builtInDigits({ train: 10, test: 1 }).train)) // ["mean", "standardDeviation"]
 * @throws ValueError when pixels are no bytes, or images and labels do not fit together
 */
export function normalisationOf(dataset: ImageDataset, ...surplus: []): Normalisation {
  checkSurplus('normalisationOf', surplus);
  checkDataset('normalisationOf', dataset);
  const { images } = dataset;
  const { data, shape, stride, offset } = images;
  const [count, channels, height, width] = shape;
  const [mean, standardDeviation]: [number[], number[]] = [[], []];
  for (let channel = 0; channel < channels; channel++) {
    const often = new Float64Array(256);
    for (let sample = 0; sample < count; sample++) {
      for (let row = 0; row < height; row++) {
        let at = offset + sample * stride[0] + channel * stride[1] + row * stride[2];
        for (let column = 0; column < width; column++, at += stride[3]) often[data[at]]++;
      }
    }
    const pixels = Math.max(1, count * height * width);
    const average = often.reduce((sum, times, value) => sum + times * value, 0) / pixels;
    const variance =
      often.reduce((sum, times, value) => sum + times * (value - average) * (value - average), 0) / pixels;
    mean.push(average / 255);
    standardDeviation.push(variance > 0 ? Math.sqrt(variance) / 255 : 1);
  }
  return { mean, standardDeviation };
}
