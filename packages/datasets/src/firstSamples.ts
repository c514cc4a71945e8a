import { ValueError } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import { checkDataset } from './checkDataset.ts';
import type { ImageDataset } from './dataset.ts';

/**
 * The first `count` samples of a dataset. Nothing is copied: the result looks at the same memory.
 *
 * @example firstSamples(builtInDigits({ train: 100, test: 1 }).train, 7).labels.size // 7
 * @throws ValueError when `count` is not a whole number from 0 to the number of samples, or images and labels do not fit
 *   together
 */
export function firstSamples(dataset: ImageDataset, count: number, ...surplus: []): ImageDataset {
  checkSurplus('firstSamples', surplus);
  checkDataset('firstSamples', dataset);
  const available = dataset.labels.shape[0];
  if (!Number.isSafeInteger(count) || count < 0 || count > available) {
    throw new ValueError({
      operation: 'firstSamples',
      got: `count is ${count}`,
      wanted: `a whole number from 0 to the ${available} samples of ${dataset.name}`,
      remedy: 'Ask for fewer samples',
    });
  }
  return { ...dataset, images: dataset.images.hi(count), labels: dataset.labels.hi(count) };
}
