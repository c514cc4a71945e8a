import { wrongKind } from '@tapegrad/core/authors';
import { checkDataset } from './checkDataset.ts';
import { columnsOf } from './columns.ts';
import type { Dataset } from './dataset.ts';

/** Whether a dataset has items that are asked for one by one, and not arrays. */
export function hasItems(dataset: unknown): dataset is Dataset<unknown> {
  const { length, at } = Object(dataset);
  return typeof dataset === 'object' && Number.isSafeInteger(length) && length >= 0 && typeof at === 'function';
}

/** How many samples there are. */
export function countOf(dataset: object): number {
  return hasItems(dataset) ? dataset.length : (columnsOf(dataset)[0]?.array.shape[0] ?? 0);
}

/**
 * @throws DataTypeError unless it is an object
 * @throws ValueError unless it has items, or arrays with a row for each sample
 */
export function checkSamples(operation: string, dataset: unknown): void {
  if (typeof dataset !== 'object' || dataset === null) {
    throw wrongKind(operation, 'samples', dataset, {
      wanted: 'a dataset: arrays with a row for each sample, or a list of items',
      remedy: 'Give `{ images, labels }`, a list, or what `builtInDigits`, `twoMoons` and their like return',
    });
  }
  if (!hasItems(dataset)) checkDataset(operation, dataset);
}
